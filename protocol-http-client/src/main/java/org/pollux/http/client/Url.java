package org.pollux.http.client;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import org.pollux.http.wire.Octets;

/**
 * An absolute URL with a host (RFC 3986). Its fragment is left out, dot segments are resolved, and a letter that is not
 * allowed in a URL ({@code ü}) is percent-encoded as UTF-8. White space, control characters, and replacement characters of
 * invalid UTF-8 are refused, because they would ask for another resource.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address without its brackets, and with its interface as in {@code fe80::1%eth0}; a name
 *     with letters beyond ASCII in its IDNA form
 * @param port the scheme's port when none was given; 0 when the scheme has no port that is known here
 * @param path begins with a slash
 * @param query the part after the question mark
 */
public record Url(String scheme, String host, int port, String path, Optional<String> query) {

    /** Visible ASCII that RFC 3986 does not allow. */
    private static final String NOT_IN_URLS = "\"<>\\^`{|}";

    /**
     * Parses an absolute URL.
     *
     * @throws IllegalArgumentException describing the fault
     */
    public static Url parse(String text) {
        int colon = schemeEnd(text);
        if (colon < 0 || !text.startsWith("//", colon + 1)) {
            throw malformed(text, "it is to begin like http://HOST");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        int from = colon + 3;
        int to = authorityEnd(text, from);
        String authority = text.substring(from, to);
        if (authority.indexOf('@') >= 0) {
            throw malformed(text, "a user name in it is not supported; pass an Authorization field");
        }
        int portColon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = host(text, portColon < 0 ? authority : authority.substring(0, portColon));
        String digits = portColon < 0 ? "" : authority.substring(portColon + 1);
        int port = digits.isEmpty() ? defaultPort(scheme) : port(text, digits);
        requireClean(text, text.substring(to), false);
        Reference rest = Reference.of(text.substring(to));
        return new Url(scheme, host, port, withoutDots(rest.path()), rest.query());
    }

    private static int authorityEnd(String text, int from) {
        int end = from;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /**
     * Resolves a reference that was found at this URL (RFC 3986, section 5.2), as in {@code Location}.
     *
     * @throws IllegalArgumentException describing the fault
     */
    public Url resolve(String text) {
        requireClean(text, text, true);
        String reference = text.replace(" ", "%20"); // servers send a space, and it has no other meaning
        if (schemeEnd(reference) >= 0) {
            return parse(reference).onInterfaceOf(this);
        }
        if (reference.startsWith("//")) {
            return parse(scheme + ":" + reference).onInterfaceOf(this);
        }
        Reference found = Reference.of(reference);
        if (found.path().isEmpty()) {
            return new Url(scheme, host, port, path, found.query().or(this::query));
        }
        String merged = found.path().startsWith("/")
                ? found.path()
                : path.substring(0, path.lastIndexOf('/') + 1) + found.path();
        return new Url(scheme, host, port, withoutDots(merged), found.query());
    }

    /** A server does not know through which of our interfaces it is reached, so a redirect to itself cannot name one. */
    private Url onInterfaceOf(Url from) {
        return host.equals(from.address()) ? new Url(scheme, from.host(), port, path, query) : this;
    }

    /** The host without the interface, which has a meaning on this machine only. */
    private String address() {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    /** Path and query in the form of a request's first line. */
    public String target() {
        return query.isPresent() ? path + "?" + query.get() : path;
    }

    /**
     * Host and port for other programs: the port only when it is not the scheme's own, and no interface (RFC 6874, section
     * 4).
     */
    public String authority() {
        return authority(address());
    }

    private String authority(String name) {
        String bracketed = name.indexOf(':') < 0 ? name : "[" + name + "]";
        return port == defaultPort(scheme) ? bracketed : bracketed + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority(host.replace("%", "%25")) + target();
    }

    // ---- parts

    /** Path and query of a reference, encoded, without the fragment, which is for the program that shows the response. */
    private record Reference(String path, Optional<String> query) {

        static Reference of(String text) {
            int hash = text.indexOf('#');
            String whole = encode(hash < 0 ? text : text.substring(0, hash));
            int mark = whole.indexOf('?');
            return mark < 0
                    ? new Reference(whole, Optional.empty())
                    : new Reference(whole.substring(0, mark), Optional.of(whole.substring(mark + 1)));
        }
    }

    /** The position of the colon after a scheme; -1 when the text does not begin with a scheme. */
    private static int schemeEnd(String text) {
        int at = 0;
        while (at < text.length() && isSchemeChar(text.charAt(at), at)) {
            at++;
        }
        return at > 0 && at < text.length() && text.charAt(at) == ':' ? at : -1;
    }

    private static boolean isSchemeChar(char letter, int at) {
        return letter < 0x80
                && (Octets.is(Octets.ALPHA, letter)
                        || (at > 0 && (Octets.is(Octets.DIGIT, letter) || "+-.".indexOf(letter) >= 0)));
    }

    private static String host(String url, String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inside = text.substring(1, text.length() - 1);
            int zone = inside.indexOf('%');
            String address = zone < 0 ? inside : inside.substring(0, zone);
            String lower = require(url, address, address.indexOf(':') >= 0 && consists(address, Octets.HEX, ":."));
            return zone < 0 ? lower : lower + "%" + zone(url, inside.substring(zone));
        }
        String name = text;
        if (!isHostName(text)) {
            try {
                name = IDN.toASCII(text);
            } catch (IllegalArgumentException e) {
                throw malformed(url, "'" + text + "' is not a host name");
            }
        }
        return require(url, name, isHostName(name));
    }

    /** The name of an interface, which distinguishes link-local addresses (RFC 6874). */
    private static String zone(String url, String text) {
        String name = text.startsWith("%25") ? text.substring(3) : "";
        if (name.isEmpty() || !consists(name, Octets.ALPHA | Octets.DIGIT, "-._~")) {
            throw malformed(
                    url, "'" + text + "' is not an interface: write it after its address, as in [fe80::1%25eth0]");
        }
        return name;
    }

    private static boolean isHostName(String text) {
        return !text.isEmpty() && consists(text, Octets.ALPHA | Octets.DIGIT, "._-");
    }

    /** Whether a text has only octets of these kinds and these letters. */
    private static boolean consists(String text, int kinds, String more) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter > 0x7F || !(Octets.is(kinds, letter) || more.indexOf(letter) >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static String require(String url, String host, boolean valid) {
        if (!valid) {
            throw malformed(url, host.isEmpty() ? "it has no host" : "'" + host + "' is not a host name");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static int port(String url, String digits) {
        boolean number = digits.length() <= 9 && Octets.are(Octets.DIGIT, digits);
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw malformed(url, "'" + digits + "' is not a port: ports go from 1 to 65535");
        }
        return port;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> 0;
        };
    }

    private static IllegalArgumentException malformed(String url, String problem) {
        return new IllegalArgumentException("not a URL: '" + url + "': " + problem);
    }

    /** Refuses characters that must not be encoded, because they come from a mistake or would hide one. */
    private static void requireClean(String url, String text, boolean spaces) {
        int point;
        for (int at = 0; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            boolean plain = point > ' ' && point < 0x7F;
            if (!plain && !(spaces && point == ' ')) {
                requireLetter(url, point);
            }
        }
    }

    private static void requireLetter(String url, int point) {
        if (point == ' ') {
            throw malformed(url, "it has a space: write %20");
        }
        if (Character.isISOControl(point)) {
            throw malformed(url, String.format(Locale.ROOT, "it has a control character, U+%04X", point));
        }
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            throw malformed(url, String.format(Locale.ROOT, "it has white space, U+%04X: percent-encode it", point));
        }
        if (point == 0xFFFD || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw malformed(url, "it has bytes that are not UTF-8: percent-encode them");
        }
    }

    private static String encode(String text) {
        int plain = 0;
        while (plain < text.length() && standsAsItIs(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (standsAsItIs(point)) {
                encoded.append((char) point);
            } else {
                for (byte octet : Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                    encoded.append('%').append(hex(octet >> 4)).append(hex(octet));
                }
            }
        });
        return encoded.toString();
    }

    private static boolean standsAsItIs(int point) {
        return point > ' ' && point < 0x7F && NOT_IN_URLS.indexOf(point) < 0;
    }

    private static char hex(int number) {
        return "0123456789ABCDEF".charAt(number & 0xF);
    }

    /** A path without {@code .} and {@code ..} (RFC 3986, section 5.2.4). */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path.startsWith("/") ? path : "/" + path;
        }
        StringBuilder clean = new StringBuilder(path.length());
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String segment = segments[i];
            boolean last = i == segments.length - 1;
            switch (segment) {
                case "." -> clean.append(last ? "/" : "");
                case ".." -> {
                    clean.setLength(Math.max(clean.lastIndexOf("/"), 0));
                    clean.append(last ? "/" : "");
                }
                default -> clean.append('/').append(segment);
            }
        }
        return clean.toString();
    }
}
