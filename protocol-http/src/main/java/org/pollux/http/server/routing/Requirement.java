package org.pollux.http.server.routing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.pollux.http.server.syntax.PathPattern;

/**
 * A path that must not be served without a filter: the key {@code require} of the configuration, and {@link RouteRegistry#require}.
 *
 * @param filter its name, the service property {@code name}
 */
public record Requirement(String filter, PathPattern pattern) {

    private static final String AT = " at ";

    /**
     * Reads {@code auth at /admin/*}.
     *
     * @throws IllegalArgumentException with the remedy
     */
    public static Requirement parse(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        if (parts.length != 3 || !parts[1].equals("at")) {
            throw new IllegalArgumentException("'" + text.strip()
                    + "' is not understood: write a filter's name and a path, as in auth at /admin/*");
        }
        return new Requirement(parts[0], PathPattern.of(parts[2]));
    }

    /** Whether every request of a place needs the filter. */
    boolean covers(PathPattern at) {
        return pattern.covers(at);
    }

    /** Whether no request of a place can need the filter. */
    boolean isNothing(PathPattern at) {
        return at.isExact() && !fits(at.toString());
    }

    /**
     * Whether a path needs the filter. Empty segments do not avoid it, because a handler may treat {@code //admin} like
     * {@code /admin}.
     */
    boolean fits(String path) {
        return pattern.fits(path) || (path.contains("//") && pattern.fits(withoutEmptySegments(path)));
    }

    private static String withoutEmptySegments(String path) {
        List<String> segments = Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
        String end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
        return segments.stream().collect(Collectors.joining("/", "/", end));
    }

    @Override
    public String toString() {
        return filter + AT + pattern;
    }
}
