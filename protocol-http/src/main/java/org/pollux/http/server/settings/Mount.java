package org.pollux.http.server.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pollux.http.server.syntax.PathPattern;
import org.pollux.http.server.syntax.PathSyntax;
import org.pollux.http.wire.Octets;

/**
 * The requests that a handler serves, or that a filter sees. It replaces the component properties of {@code
 * org.pollux.http} in programs without OSGi.
 *
 * <pre>
 *   routes.add(handler, Mount.at("/users/{id}").methods("GET", "PUT").blocking());
 * </pre>
 *
 * @param paths as {@link org.pollux.http.Path} describes them
 * @param methods as {@link org.pollux.http.Methods} describes them; for a filter, an empty list means all
 * @param hosts as {@link org.pollux.http.Host} describes them; an empty list means all
 * @param blocks see {@link org.pollux.http.Blocking}
 */
public record Mount(List<String> paths, List<String> methods, List<String> hosts, boolean blocks) {

    /**
     * Checks the paths and methods.
     *
     * @throws IllegalArgumentException when a path or a method is not valid, with the remedy
     */
    public Mount {
        paths = List.copyOf(paths);
        methods = List.copyOf(methods);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        paths.forEach(PathSyntax::require);
        methods.forEach(Mount::requireMethod);
    }

    /** Mounts at these paths, for GET and HEAD, on all hosts, not blocking. */
    public static Mount at(String... paths) {
        return new Mount(List.of(paths), List.of(), List.of(), false);
    }

    public Mount methods(String... offered) {
        return new Mount(paths, List.of(offered), hosts, blocks);
    }

    public Mount hosts(String... names) {
        return new Mount(paths, methods, List.of(names), blocks);
    }

    public Mount blocking() {
        return new Mount(paths, methods, hosts, true);
    }

    /** Adds everything below its paths, see {@link org.pollux.http.Subpaths}. */
    public Mount subpaths() {
        List<String> deep = paths.stream()
                .flatMap(path -> Stream.of(path, PathPattern.of(path).below().toString()))
                .distinct()
                .toList();
        return new Mount(deep, methods, hosts, blocks);
    }

    /** Mounts on every path. */
    public Mount everywhere() {
        return new Mount(List.of(PathPattern.EVERYTHING.toString()), methods, hosts, blocks);
    }

    /** Whether it includes every request. */
    public boolean isEverything() {
        return methods.isEmpty() && hosts.isEmpty() && PathPattern.ofAll(paths).contains(PathPattern.EVERYTHING);
    }

    private static void requireMethod(String method) {
        boolean token = !method.isEmpty() && Octets.are(Octets.TOKEN, method);
        if (!token || method.equals("CONNECT")) {
            throw new IllegalArgumentException(
                    "The method '" + method + "' cannot be offered: name one like GET or POST, or * for all");
        }
    }
}
