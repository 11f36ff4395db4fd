package org.pollux.http.server.routing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.syntax.Method;
import org.pollux.http.server.syntax.RegisteredMethods;

/**
 * The routes of a path, by method. The server itself responds where no handler does (RFC 9110, sections 9.3.7 and 15.5.6).
 */
final class MethodRoutes {

    static final String ANY = "*";

    /** Makes a route for a response of the server itself, with the filters and error pages of the path. */
    interface Surroundings {

        Route around(HttpHandler own, int status);
    }

    private final Map<Method, Route> byMethod = new EnumMap<>(Method.class);
    private final Map<String, Route> byName;
    private final @Nullable Route any;
    private final Route notAllowed;

    /**
     * Makes the routes of a path.
     *
     * @param byName the routes by method, {@code *} for all methods
     * @param surroundings for the responses of the server itself
     */
    MethodRoutes(Map<String, Route> byName, Surroundings surroundings) {
        this.byName = Map.copyOf(byName);
        this.any = byName.get(ANY);
        putNamed(byName);
        putAny();
        String allowed = allowed();
        this.notAllowed = surroundings.around(OwnResponses.notAllowed(allowed), 405);
        byMethod.putIfAbsent(Method.OPTIONS, surroundings.around(OwnResponses.options(allowed), 204));
    }

    private void putNamed(Map<String, Route> routes) {
        for (Method method : Method.values()) {
            Route route = routes.get(method.name());
            if (route != null && method != Method.UNKNOWN) {
                byMethod.put(method, route);
            }
        }
        Route get = byMethod.get(Method.GET);
        if (get != null) {
            byMethod.putIfAbsent(Method.HEAD, get);
        }
    }

    private void putAny() {
        for (Method method : Method.values()) {
            if (any != null && method.isForAny()) {
                byMethod.putIfAbsent(method, any);
            }
        }
    }

    /** The value of {@code Allow}: the methods of the RFC in its order, then the others. */
    private String allowed() {
        StringJoiner allowed = new StringJoiner(", ");
        TreeSet<String> others = new TreeSet<>(byName.keySet());
        others.remove(ANY);
        for (Method method : Method.values()) {
            if (method == Method.OPTIONS || byMethod.containsKey(method)) {
                allowed.add(method.name());
            }
            others.remove(method.name());
        }
        others.forEach(allowed::add);
        return allowed.toString();
    }

    /** The route of a method of the RFC. */
    Route route(Method method) {
        Route route = byMethod.get(method);
        return route != null ? route : notAllowed;
    }

    /** The route of a method beyond the RFC; null when the method is unknown. */
    @Nullable
    Route route(String method) {
        Route named = byName.get(method);
        if (named != null) {
            return named;
        }
        return RegisteredMethods.contain(method) ? Optional.ofNullable(any).orElse(notAllowed) : null;
    }
}
