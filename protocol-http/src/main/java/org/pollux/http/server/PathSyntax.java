package org.pollux.http.server;

import java.util.List;

/** What a handler's path may be; see {@link org.pollux.http.Path}. */
final class PathSyntax {

    private PathSyntax() {}

    /**
     * Refuses a path that no request could have, or that is to mean something else some day.
     *
     * @throws IllegalArgumentException with the reason and the remedy
     */
    static void require(String path) {
        require(path.startsWith("/"), path, "begin with /");
        for (String segment : List.of(path.split("/", -1))) {
            require(!segment.equals(".") && !segment.equals(".."), path, "have no . or .. between slashes");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            require("*{}".indexOf(c) < 0, path, "be exact: prefixes with * and templates with {} are not served");
            require(c != '%', path, "be written decoded, as /a b instead of /a%20b");
            require("?#\\,".indexOf(c) < 0 && c >= ' ' && c != 0x7F, path, "have no ? # \\ , or control character");
        }
    }

    private static void require(boolean valid, String path, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("The path '" + path + "' must " + rule);
        }
    }
}
