package org.pollux.http.server.osgi;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.pollux.http.server.routing.Absence;
import org.pollux.http.server.routing.OwnResponses;
import org.pollux.http.server.routing.Precedence;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.admin.ServedPath;

/**
 * A service of a handler, a filter or an error page, with the properties that identify it after its bundle or component was
 * replaced. It keeps the bundle, but nothing of the service once it is {@link #suspend suspended}.
 */
final class Offer {

    enum Kind {
        HANDLER("handler"),
        FILTER("filter"),
        PAGE("error page");

        final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Kind kind;
    private final Optional<Bundle> bundle;
    private final String bundleName;
    private final String component;
    private final String pid;
    private final String name;
    private final Mount mount;
    private final int ranking;
    private @Nullable Function<RouteRegistry, RouteRegistry.Registration> addition;
    private RouteRegistry.@Nullable Registration registration;

    /** In nanoseconds of the framework's clock; only while the service is absent. */
    private long awaySince;

    private long goneSince;
    private boolean gone;
    private String trouble = "";
    private Duration grace = Duration.ZERO;
    private @Nullable Absence absence;

    Offer(
            Kind kind,
            ServiceReference<?> service,
            Mount mount,
            Function<RouteRegistry, RouteRegistry.Registration> addition) {
        this.kind = kind;
        this.mount = mount;
        this.ranking = ServiceProperties.precedence(service).ranking();
        this.addition = addition;
        this.bundle = owner(service);
        this.bundleName = bundle.map(Offer::nameOf).orElse("");
        this.component = text(service, "component.name");
        this.pid = text(service, "service.pid");
        this.name = text(service, "name");
    }

    /** An offer that was known before the server stopped, and whose bundle is installed; see {@link Memory}. */
    private Offer(Kind kind, Bundle bundle, String component, String pid, String name, Mount mount, int ranking) {
        this.kind = kind;
        this.bundle = Optional.of(bundle);
        this.bundleName = nameOf(bundle);
        this.component = component;
        this.pid = pid;
        this.name = name;
        this.mount = mount;
        this.ranking = ranking;
        Precedence precedence = new Precedence(ranking, Long.MAX_VALUE);
        this.addition = kind == Kind.HANDLER
                ? routes -> routes.add(OwnResponses.UNAVAILABLE, mount, precedence)
                : routes -> routes.add(
                        (request, response, _) -> OwnResponses.UNAVAILABLE.handle(request, response),
                        mount,
                        name,
                        precedence);
    }

    /** The bundle that owns the service, or on whose behalf another bundle has registered it. */
    private static Optional<Bundle> owner(ServiceReference<?> service) {
        Bundle bundle = service.getBundle();
        if (bundle != null && service.getProperty(ServiceProperties.ON_BEHALF_OF) instanceof Long id) {
            BundleContext context = Objects.requireNonNull(bundle.getBundleContext());
            return Optional.ofNullable(context.getBundle(id));
        }
        return Optional.ofNullable(bundle);
    }

    private static String nameOf(Bundle bundle) {
        return Objects.requireNonNullElse(bundle.getSymbolicName(), bundle.getLocation());
    }

    private static String text(ServiceReference<?> service, String key) {
        Object value = service.getProperty(key);
        return value == null ? "" : value.toString();
    }

    Kind kind() {
        return kind;
    }

    Optional<Bundle> bundle() {
        return bundle;
    }

    String bundleName() {
        return bundleName;
    }

    String component() {
        return component;
    }

    String pid() {
        return pid;
    }

    /** Its paths, as an operator sees them; none unless it is a handler. */
    Stream<ServedPath> servedPaths(Function<String, List<String>> filters) {
        if (kind != Kind.HANDLER || !isInRoutes()) {
            return Stream.empty();
        }
        List<String> methods = mount.methods().isEmpty() ? List.of("GET") : mount.methods();
        return mount.paths().stream()
                .map(path -> new ServedPath(
                        path,
                        methods,
                        mount.hosts(),
                        bundleName,
                        component,
                        filters.apply(path),
                        mount.blocks(),
                        absence != null));
    }

    /** Whether it is the successor of an absent one: it has the same component, the same name, or the same paths. */
    boolean follows(Offer other) {
        if (kind != other.kind || !bundleName.equals(other.bundleName) || isLostFilter()) {
            return false;
        }
        boolean sameComponent = !component.isEmpty() && component.equals(other.component) && pid.equals(other.pid);
        boolean sameName = !name.isEmpty() && name.equals(other.name);
        return sameComponent || sameName || mount.paths().equals(other.mount.paths());
    }

    /** Whether it is a filter without a usable path. Such a fault must not open a path. */
    boolean isLostFilter() {
        return kind == Kind.FILTER && mount.paths().isEmpty();
    }

    // ---- in the routes

    boolean isInRoutes() {
        return registration != null;
    }

    void enter(RouteRegistry routes) {
        Function<RouteRegistry, RouteRegistry.Registration> entering = addition;
        if (entering != null) {
            registration = entering.apply(routes);
            addition = null;
        }
    }

    void leave() {
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    /** Suspends the service and keeps its place. */
    void suspend(long now) {
        Absence begun = new Absence();
        absence = begun;
        awaySince = now;
        if (registration != null) {
            registration.suspend(begun);
        }
    }

    // ---- while it is absent

    boolean isAwaited() {
        return absence != null && absence.isAwaited();
    }

    /** Records the fate that its bundle's state predicts. */
    void note(BundleState.Fate fate, long now) {
        trouble = fate.reason();
        grace = fate.grace();
        if (fate.gone() && !gone) {
            goneSince = now;
        }
        gone = fate.gone();
    }

    long awayFor(long now) {
        return now - awaySince;
    }

    /**
     * Whether it is not expected back, as far as known, so that its paths are free.
     *
     * @param patience for which a filter is kept, so that requests for its successor do not pass without a filter
     */
    boolean isGone(long now, Duration patience) {
        Duration kept = kind == Kind.FILTER || patience.compareTo(grace) < 0 ? patience : grace;
        return gone && now - goneSince >= kept.toNanos();
    }

    void giveUp() {
        if (absence != null) {
            absence.giveUp();
        }
    }

    String trouble() {
        return trouble;
    }

    @Override
    public String toString() {
        String what = !name.isEmpty() ? " '" + name + "'" : component.isEmpty() ? "" : " " + component;
        return kind.text + what + " of bundle " + bundleName + " at "
                + (mount.paths().isEmpty() ? "/*" : String.join(", ", mount.paths()));
    }

    // ---- across an update of the server

    /** The offer as one line, for {@link #read}. */
    String written() {
        return Stream.of(
                        kind.name(),
                        bundleName,
                        component,
                        pid,
                        name,
                        String.join(",", mount.paths()),
                        String.join(",", mount.methods()),
                        String.join(",", mount.hosts()),
                        Integer.toString(ranking))
                .map(text -> text.replace('\t', ' ').replace('\n', ' '))
                .collect(Collectors.joining("\t"));
    }

    /**
     * Reads a line that {@link #written} has returned.
     *
     * @param bundles finds a bundle by its name
     * @return empty when the bundle is no longer installed
     */
    static Optional<Offer> read(String line, Function<String, Optional<Bundle>> bundles) {
        String[] parts = line.split("\t", -1);
        return bundles.apply(parts[1])
                .map(bundle -> new Offer(
                        Kind.valueOf(parts[0]),
                        bundle,
                        parts[2],
                        parts[3],
                        parts[4],
                        new Mount(list(parts[5]), list(parts[6]), list(parts[7]), false),
                        Integer.parseInt(parts[8])));
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
