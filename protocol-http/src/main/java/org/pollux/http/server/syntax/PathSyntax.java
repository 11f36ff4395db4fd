package org.pollux.http.server.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the path of a handler; see {@link org.pollux.http.Path}. */
public final class PathSyntax {

    private PathSyntax() {}

    /**
     * Refuses a path that no request can have, or that is ambiguous.
     *
     * @throws IllegalArgumentException with the reason and the remedy
     */
    public static void require(String path) {
        require(path.startsWith("/"), path, "begin with /");
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            require(c != '%', path, "be written decoded, as /a b instead of /a%20b");
            require("?#\\,".indexOf(c) < 0 && c >= ' ' && c != 0x7F, path, "have no ? # \\ , or control character");
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            requireSegment(path, segments.get(i), i == segments.size() - 1);
            boolean parameter = PathPattern.isParameter(segments.get(i));
            require(!parameter || names.add(segments.get(i)), path, "name each parameter differently");
        }
    }

    private static void requireSegment(String path, String segment, boolean last) {
        require(!segment.equals(".") && !segment.equals(".."), path, "have no . or .. between slashes");
        boolean asterisk = segment.contains("*");
        require(!asterisk || (last && segment.equals("*")), path, "have the asterisk at its end, as in /files/*");
        if (segment.contains("{") || segment.contains("}")) {
            boolean whole = segment.startsWith("{") && segment.endsWith("}");
            String name = whole ? segment.substring(1, segment.length() - 1) : "";
            boolean valid = !name.isEmpty() && !name.contains("{") && !name.contains("}");
            require(valid, path, "have parameters as whole segments, as in /users/{id}");
        }
    }

    private static void require(boolean valid, String path, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("The path '" + path + "' must " + rule);
        }
    }
}
