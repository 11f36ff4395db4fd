package org.pollux.http;

import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cookie that a response sets (RFC 6265, section 4.1; {@code SameSite} and the prefixes of names: its revision, RFC
 * 6265bis). It is immutable: each method returns a new one, and replaces an attribute
 * that was set before. Any thread may use it.
 *
 * <pre>
 *   response.cookie(SetCookie.of(request, "session", id));           // Path=/; HttpOnly; SameSite=Lax, over TLS Secure
 *   response.cookie(SetCookie.of("theme", "dark").path("/app"));     // exactly these attributes
 * </pre>
 *
 * <p>Names and values are checked, and refused rather than encoded: encode any other text first, for example with
 * Base64.
 */
public final class SetCookie {

    /** The requests of other sites with which a client sends the cookie. */
    public enum SameSite {
        /** With none. */
        STRICT("Strict"),
        /** With a request that follows a link to this site. */
        LAX("Lax"),
        /** With all; it must be {@link SetCookie#secure} then. */
        NONE("None");

        private final String token;

        SameSite(String token) {
            this.token = token;
        }
    }

    /** Clients ignore a cookie whose name and value are longer together (RFC 6265bis, section 5.6). */
    private static final int LONGEST = 4096;

    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

    private final String name;
    private final String text;

    private SetCookie(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * A cookie that lasts as long as the client's session.
     *
     * @param name a token; case-sensitive
     * @param value ASCII without blanks, quotes, comma, semicolon and backslash, maybe in quotes as a whole
     * @throws IllegalArgumentException when one of them has another character, or they are longer than 4,096 characters together
     */
    public static SetCookie of(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A cookie needs a name");
        }
        check(name, "the name of a cookie", c -> c > ' ' && c < 0x7F && SEPARATORS.indexOf(c) < 0);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        check(
                quoted ? value.substring(1, value.length() - 1) : value,
                "the value of a cookie",
                c -> c > ' ' && c < 0x7F && "\",;\\".indexOf(c) < 0);
        if (name.length() + value.length() > LONGEST) {
            throw new IllegalArgumentException("The name and the value of a cookie have " + LONGEST
                    + " characters together at most, but '" + name + "' has " + (name.length() + value.length()));
        }
        return new SetCookie(name, name + '=' + value);
    }

    /**
     * A cookie with safe attributes, for a session: {@code Path=/}, {@code HttpOnly}, {@code SameSite=Lax}, and {@code Secure}
     * if the client came by https. {@link #path} and {@link #sameSite} replace theirs.
     *
     * @throws IllegalArgumentException as {@link #of(String, String)} does
     */
    public static SetCookie of(Request request, String name, String value) {
        SetCookie cookie = of(name, value).path("/").httpOnly().sameSite(SameSite.LAX);
        return request.scheme().equals("https") ? cookie.secure() : cookie;
    }

    /**
     * A cookie that deletes the client's cookie of that name. Its path and domain must be those with which it was set.
     */
    public static SetCookie expired(String name) {
        return of(name, "").maxAge(Duration.ZERO);
    }

    /** How long the client keeps it; zero deletes it. */
    public SetCookie maxAge(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("The age of a cookie is not negative, but this is " + age);
        }
        return with("Max-Age=" + age.toSeconds());
    }

    /** The paths for which it is sent: this one and all below it. Without it, the folder of the request's path. */
    public SetCookie path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of a cookie begins with a slash, but this is '" + path + "'");
        }
        check(path, "the path of a cookie", c -> c >= ' ' && c < 0x7F && c != ';');
        return with("Path=" + path);
    }

    /** The hosts to which it is sent: this one and all below it. Without it, the request's host alone. */
    public SetCookie domain(String domain) {
        if (domain.isEmpty()) {
            throw new IllegalArgumentException("The domain of a cookie is a host's name, but this is empty");
        }
        check(domain, "the domain of a cookie", c -> c > ' ' && c < 0x7F && c != ';');
        return with("Domain=" + domain);
    }

    /** It is sent over TLS only. */
    public SetCookie secure() {
        return with("Secure");
    }

    /** Scripts do not see it. */
    public SetCookie httpOnly() {
        return with("HttpOnly");
    }

    public SetCookie sameSite(SameSite site) {
        return with("SameSite=" + site.token);
    }

    /** An attribute that was set before is replaced. */
    private SetCookie with(String attribute) {
        String key = key(attribute);
        List<String> parts = List.of(text.split("; ", -1));
        String others = Stream.concat(
                        parts.stream().limit(1),
                        parts.stream().skip(1).filter(part -> !key(part).equals(key)))
                .collect(Collectors.joining("; "));
        return new SetCookie(name, others + "; " + attribute);
    }

    private static String key(String attribute) {
        return attribute.substring(0, (attribute + '=').indexOf('='));
    }

    private boolean has(String key) {
        return (text + ';').contains("; " + key + ';') || text.contains("; " + key + '=');
    }

    private static void check(String text, String what, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                throw new IllegalArgumentException(
                        String.format("U+%04X is not allowed in %s, at place %d", (int) text.charAt(i), what, i));
            }
        }
    }

    /**
     * The value of the field {@code Set-Cookie}.
     *
     * @throws IllegalStateException when every client would ignore it: {@code SameSite=None}, or a name with the prefix {@code
     *     __Secure-} or {@code __Host-}, without {@link #secure}; and {@code __Host-} with a domain or without the path {@code /}
     */
    @Override
    public String toString() {
        boolean host = name.regionMatches(true, 0, "__Host-", 0, 7);
        boolean secure = host || name.regionMatches(true, 0, "__Secure-", 0, 9) || text.contains("; SameSite=None");
        if (secure && !has("Secure")) {
            throw new IllegalStateException("Clients ignore the cookie '" + name + "' without Secure: add secure()");
        }
        if (host && (has("Domain") || !(text + ';').contains("; Path=/;"))) {
            throw new IllegalStateException("Clients ignore the cookie '" + name
                    + "' unless its path is / and it has no domain: add path(\"/\"), or use another name");
        }
        return text;
    }
}
