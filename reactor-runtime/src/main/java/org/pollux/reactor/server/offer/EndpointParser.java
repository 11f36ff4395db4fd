package org.pollux.reactor.server.offer;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one endpoint; what is wrong with it, and what would be right, is the message of the exception. */
final class EndpointParser {

    private static final Pattern UNIX_OPTIONS =
            Pattern.compile("(\\?(mode=(?<mode>0?[0-7]{3})(&proxy=unix)?|proxy=unix))?");

    private static final String FORMS =
            "write tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, unix:PATH or unix:PATH?mode=660";

    private static final String UNIX_FORMS = "write unix:/run/my.sock, or unix:my.sock for one in the server's home";

    private final String text;

    private EndpointParser(String text) {
        this.text = text;
    }

    /**
     * Reads an endpoint such as {@code tcp://[::1]:7007}.
     *
     * @throws IllegalArgumentException with the value, the fault and the remedy
     */
    static EndpointAddress parse(String text) {
        return parse(text, EndpointScheme.ALL);
    }

    /** The same with schemes of the caller's own beside {@code unix}. */
    static EndpointAddress parse(String text, List<EndpointScheme> schemes) {
        EndpointParser parser = new EndpointParser(text);
        if (text.startsWith("unix:")) {
            return parser.unix();
        }
        return schemes.stream()
                .filter(scheme -> text.startsWith(scheme.name() + "://"))
                .findFirst()
                .map(parser::internet)
                .orElseThrow(() -> parser.wrong("begins with no known scheme", FORMS));
    }

    private EndpointAddress internet(EndpointScheme scheme) {
        String rest = text.substring(scheme().length());
        int query = rest.indexOf('?');
        String authority = query < 0 ? rest : rest.substring(0, query);
        boolean bracketed = authority.startsWith("[");
        int hostEnd = bracketed ? authority.indexOf(']') + 1 : authority.lastIndexOf(':');
        if (bracketed && hostEnd == 0) {
            throw wrong("has no closing bracket", "write " + scheme() + "[::1]:7007");
        }
        if (hostEnd < 0 || hostEnd == authority.length() || authority.charAt(hostEnd) != ':') {
            throw wrong("names no port", "write " + scheme() + "HOST:PORT, with port 0 for any free one");
        }
        String host = authority.substring(0, hostEnd);
        return new EndpointAddress.Internet(
                scheme,
                bracketed ? literal(host) : name(host),
                port(authority.substring(hostEnd + 1)),
                query < 0 ? Map.of() : options(scheme, rest.substring(query + 1)));
    }

    private Map<String, String> options(EndpointScheme scheme, String query) {
        try {
            return scheme.read(query);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The endpoint '" + text + "' " + e.getMessage(), e);
        }
    }

    private String name(String host) {
        if (host.isEmpty()) {
            throw wrong("names no host", "write 127.0.0.1 for this machine alone, 0.0.0.0 or [::] for every network");
        }
        if (host.contains(":")) {
            throw wrong("has an IPv6 address without brackets", "write " + scheme() + "[::1]:7007");
        }
        if (!host.matches("[A-Za-z0-9._-]+")) {
            throw wrong("has a host that is neither a name nor an address", FORMS);
        }
        return host;
    }

    /** With the interface behind a percent sign, if it has one, which may come later. A URL writes that sign as %25 (RFC 6874). */
    private String literal(String bracketed) {
        String address = bracketed.substring(1, bracketed.length() - 1).replaceFirst("%25(?=.)", "%");
        int zone = address.indexOf('%');
        try {
            InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
        } catch (IllegalArgumentException _) {
            throw wrong("has no IPv6 address between its brackets", "write " + scheme() + "[::1]:7007");
        }
        if (zone >= 0 && !address.substring(zone + 1).matches("[A-Za-z0-9._~:@-]+")) {
            throw wrong("names no interface behind its percent sign", "write " + scheme() + "[fe80::1%eth0]:7007");
        }
        return address;
    }

    private int port(String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 0xffff) {
            throw wrong("has the port '" + digits + "'", "a port is a number from 0 (any free one) to 65535");
        }
        return Integer.parseInt(digits);
    }

    private EndpointAddress unix() {
        String rest = text.substring("unix:".length());
        int query = rest.indexOf('?');
        String path = query < 0 ? rest : rest.substring(0, query);
        if (path.isEmpty()) {
            throw wrong("names no file", UNIX_FORMS);
        } else if (path.startsWith("@")) {
            throw wrong(
                    "names an abstract socket, which Java cannot make",
                    UNIX_FORMS + "; unix:./" + path + " is a file of that name");
        } else if (path.chars().anyMatch(Character::isISOControl)) {
            throw wrong("has a control character in its path", UNIX_FORMS);
        } else if (path.startsWith("//") && !path.startsWith("///")) {
            throw wrong("has two slashes where its path begins", UNIX_FORMS);
        }
        List<String> names = List.of(path.split("/", -1));
        if (List.of("", ".", "..").contains(names.getLast())) {
            throw wrong("names a folder", "write the socket's own name behind it, as in unix:/run/my.sock");
        } else if (names.contains("..") && !path.startsWith("/")) {
            throw wrong("may lead out of the server's home", "write the whole path, as in unix:/run/my.sock");
        }
        String parameters = query < 0 ? "" : rest.substring(query);
        Matcher options = UNIX_OPTIONS.matcher(parameters);
        if (!options.matches()) {
            throw wrong(
                    "has '" + parameters.substring(1) + "' behind its path",
                    "only ?mode= is known, with three octal digits (?mode=660 also lets the group in), and proxy=unix, for"
                            + " clients that begin with a header of the PROXY protocol: ?mode=660&proxy=unix");
        }
        String mode = options.group("mode");
        return new EndpointAddress.Unix(
                path,
                mode == null ? EndpointAddress.OWNER_ONLY : Integer.parseInt(mode, 8),
                parameters.endsWith("proxy=unix"));
    }

    private String scheme() {
        return text.substring(0, text.indexOf("://") + 3);
    }

    private IllegalArgumentException wrong(String what, String remedy) {
        return new IllegalArgumentException("The endpoint '" + text + "' " + what + ": " + remedy);
    }
}
