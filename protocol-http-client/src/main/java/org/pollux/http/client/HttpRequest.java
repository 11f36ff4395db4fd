package org.pollux.http.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pollux.http.Header;
import org.pollux.http.wire.Octets;

/**
 * A request. It is immutable, and may be sent any number of times, by any client.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; read a request through its methods, not
 * with a record pattern.
 *
 * @param method as it is sent; methods are case-sensitive
 * @param headers fields in addition to those that the client writes itself: {@code Host}, {@code Connection}, the framing;
 *     and {@code User-Agent}, {@code Accept} and {@code Accept-Encoding} unless they are here
 * @param body in memory, in a file, or produced while it is sent
 * @param timeout for the whole exchange, including the wait for a connection and redirects; {@link Duration#ZERO} leaves it
 *     to {@link ClientSettings#totalTimeout}
 * @param redirects maximum number of redirects that are followed; with 0 a redirect is the final response
 * @param expectContinue whether the body waits until the server wants it; see {@link #withExpectContinue}
 */
public record HttpRequest(
        String method,
        Url url,
        List<Header> headers,
        HttpRequestBody body,
        Duration timeout,
        int redirects,
        boolean expectContinue) {

    private static final int REDIRECTS = 20;

    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /**
     * Checks that the request can be sent.
     *
     * @throws IllegalArgumentException naming the value and the fault
     */
    public HttpRequest {
        requireToken("The method", method);
        if (method.equals("CONNECT")) {
            throw new IllegalArgumentException("CONNECT is for proxies: ClientSettings.withProxies passes one");
        }
        headers = List.copyOf(headers);
        headers.forEach(HttpRequest::requireAllowed);
        if (timeout.isNegative() || redirects < 0) {
            throw new IllegalArgumentException("Neither timeout nor redirects may be negative, but they are "
                    + Durations.text(timeout) + " and " + redirects);
        }
    }

    /** A request with a body in memory, or without one, which does not wait for the server. */
    public HttpRequest(
            String method, Url url, List<Header> headers, Optional<ByteBuffer> body, Duration timeout, int redirects) {
        this(
                method,
                url,
                headers,
                body.map(HttpRequestBody::of).orElse(HttpRequestBody.none()),
                timeout,
                redirects,
                false);
    }

    /**
     * A GET request.
     *
     * @throws IllegalArgumentException when the URL is malformed
     */
    public static HttpRequest get(String url) {
        return of("GET", Url.parse(url));
    }

    /** A request without a body; {@link #body} adds one. */
    public static HttpRequest of(String method, Url url) {
        return new HttpRequest(method, url, List.of(), Optional.empty(), Duration.ZERO, REDIRECTS);
    }

    /** Returns a copy with one more field. */
    public HttpRequest header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpRequest(method, url, more, body, timeout, redirects, expectContinue);
    }

    /** Returns a copy with these bytes as its body. */
    public HttpRequest body(byte[] bytes) {
        return body(HttpRequestBody.of(bytes));
    }

    /** Returns a copy with the buffer's remaining bytes as its body. */
    public HttpRequest body(ByteBuffer bytes) {
        return body(HttpRequestBody.of(bytes));
    }

    /** Returns a copy with another body. */
    public HttpRequest body(HttpRequestBody other) {
        return new HttpRequest(method, url, headers, other, timeout, redirects, expectContinue);
    }

    /**
     * Returns a copy whose body is sent when the server wants it: the head has {@code Expect: 100-continue} (RFC 9110, section
     * 10.1.1), and the body follows after {@code 100 Continue}, or after a second without any response. A server that refuses
     * the request, or redirects it, gets no body. One that does not know the expectation (417) gets the request again without
     * it.
     */
    public HttpRequest withExpectContinue() {
        return new HttpRequest(method, url, headers, body, timeout, redirects, true);
    }

    /** Returns a copy with a timeout for the whole exchange. */
    public HttpRequest timeout(Duration whole) {
        return new HttpRequest(method, url, headers, body, whole, redirects, expectContinue);
    }

    /** Returns a copy with another limit of redirects. */
    public HttpRequest redirects(int most) {
        return new HttpRequest(method, url, headers, body, timeout, most, expectContinue);
    }

    /** Whether a field of that name was added, whatever its case. */
    public boolean hasHeader(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the method is idempotent (RFC 9110, section 9.2.2). */
    public boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    /** Whether it has a body that is not known to be empty. */
    public boolean hasBody() {
        return body.length().orElse(1) > 0;
    }

    /**
     * Checks that a program may send the field, with a request or behind its body.
     *
     * @throws IllegalArgumentException when the client writes it itself, or it is malformed
     */
    public static void requireAllowed(Header header) {
        requireToken("The name of a field", header.name());
        if (OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(header.name() + " is written by the client: leave it out");
        }
        if (!Octets.are(Octets.TEXT, header.value())) {
            throw new IllegalArgumentException("The field " + header.name()
                    + " has a character that would end its line or is beyond U+00FF: '" + header.value() + "'");
        }
    }

    private static void requireToken(String what, String text) {
        if (text.isEmpty() || !Octets.are(Octets.TOKEN, text)) {
            throw new IllegalArgumentException(what + " must be a token (RFC 9110), but is '" + text + "'");
        }
    }
}
