package org.pollux.http.server.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parsed path of a handler, as {@link org.pollux.http.Path} describes it.
 *
 * @param segments between the slashes: a text, or <code>{name}</code>
 * @param prefix whether <code>/*</code> follows them
 */
public record PathPattern(List<String> segments, boolean prefix) {

    /** The pattern of the responses of the server itself. */
    public static final PathPattern EVERYTHING = new PathPattern(List.of(), true);

    private static final String BELOW = "/*";

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException with the reason and the remedy
     */
    public static PathPattern of(String path) {
        PathSyntax.require(path);
        boolean prefix = path.endsWith(BELOW);
        String rest = prefix ? path.substring(0, path.length() - BELOW.length()) : path;
        return new PathPattern(split(rest), prefix);
    }

    /** The patterns of several paths, in their order. */
    public static List<PathPattern> ofAll(List<String> paths) {
        return paths.stream().map(PathPattern::of).toList();
    }

    /** The pattern of everything below it. */
    public PathPattern below() {
        boolean folder = !segments.isEmpty() && segments.getLast().isEmpty();
        return new PathPattern(folder ? segments.subList(0, segments.size() - 1) : segments, true);
    }

    /** The texts between the slashes; none for the empty text. */
    private static List<String> split(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        return path.startsWith("/") ? List.of(path.substring(1).split("/", -1)) : List.of(path);
    }

    public static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    public boolean isExact() {
        return !prefix && segments.stream().noneMatch(PathPattern::isParameter);
    }

    /** The pattern without the names of its parameters. It is the same for all patterns that match the same paths. */
    public PathPattern withoutNames() {
        List<String> unnamed = segments.stream()
                .map(segment -> isParameter(segment) ? "{}" : segment)
                .toList();
        return new PathPattern(unnamed, prefix);
    }

    public boolean fits(String path) {
        return fits(split(path));
    }

    private boolean fits(List<String> actual) {
        if (prefix ? actual.size() < segments.size() : actual.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!fits(segments.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String segment, String actual) {
        return isParameter(segment) ? !actual.isEmpty() : segment.equals(actual);
    }

    /** Whether every path that matches the other pattern matches this one, as far as can be known without a request. */
    public boolean covers(PathPattern other) {
        return other.prefix ? prefix && fits(other.segments) : fits(other.segments);
    }

    /**
     * The text of a matching path in the place of a parameter, or behind the pattern; empty when the pattern has no such
     * place.
     */
    public Optional<String> parameter(String name, String path) {
        List<String> actual = split(path);
        if (name.equals("*")) {
            return Optional.of(String.join("/", actual.subList(segments.size(), actual.size())));
        }
        int place = segments.indexOf("{" + name + "}");
        return place < 0 ? Optional.empty() : Optional.of(actual.get(place));
    }

    /** The names of all its parameters. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (String segment : segments) {
            if (isParameter(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        names.add("*");
        return names;
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        String text = segments.isEmpty() ? "" : "/" + String.join("/", segments);
        return prefix ? text + BELOW : text;
    }
}
