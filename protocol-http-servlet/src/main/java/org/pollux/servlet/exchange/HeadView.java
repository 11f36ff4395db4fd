package org.pollux.servlet.exchange;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Header;
import org.pollux.http.HttpDate;
import org.pollux.http.Request;

/** What the head of a request says, and the addresses of its connection. */
abstract class HeadView implements HttpServletRequest {

    private static final AtomicLong IDS = new AtomicLong();

    final Request request;
    private final String named; // by the client, as host and port
    private final String scheme;
    private final String method;
    private final String uri;
    private final long id = IDS.incrementAndGet();
    private @Nullable Authority authority;

    HeadView(Request request) {
        this.request = request;
        named = Authority.named(request);
        scheme = request.scheme();
        method = request.method();
        uri = pathOf(request.target());
    }

    /** The path of a target as it was sent: without a query, and without what comes before a path. */
    private static String pathOf(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.startsWith("/")) {
            return path;
        }
        int scheme = path.indexOf("://");
        int slash = scheme < 0 ? -1 : path.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(authority().prefix()).append(getRequestURI());
    }

    @Override
    public @Nullable String getQueryString() {
        return request.query().orElse(null);
    }

    @Override
    public String getProtocol() {
        return request.version().equals("HTTP/2") ? "HTTP/2.0" : request.version();
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public boolean isSecure() {
        return scheme.equals("https");
    }

    @Override
    public String getServerName() {
        return authority().host();
    }

    @Override
    public int getServerPort() {
        return authority().port();
    }

    private Authority authority() {
        Authority parsed = authority;
        if (parsed == null) {
            parsed = Authority.of(named, scheme);
            authority = parsed;
        }
        return parsed;
    }

    @Override
    public String getRemoteAddr() {
        return address(request.remote());
    }

    /** The address: no name is looked up. */
    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }

    @Override
    public int getRemotePort() {
        return port(request.remote());
    }

    @Override
    public String getLocalAddr() {
        return address(request.local());
    }

    @Override
    public String getLocalName() {
        return getLocalAddr();
    }

    @Override
    public int getLocalPort() {
        return port(request.local());
    }

    private static String address(SocketAddress of) {
        return of instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : of.toString();
    }

    private static int port(SocketAddress of) {
        return of instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return request.headers().first(name).orElse(null);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(request.headers().all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> seen = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        for (Header field : request.headers()) {
            if (seen.add(field.name().toLowerCase(Locale.ROOT))) {
                names.add(field.name());
            }
        }
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        return request.headers().first(name).map(Integer::parseInt).orElse(-1);
    }

    @Override
    public long getDateHeader(String name) {
        return request.headers().first(name).map(HeadView::date).orElse(-1L);
    }

    private static long date(String text) {
        return HttpDate.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is not a date (RFC 9110, section 5.6.7)"))
                .toEpochMilli();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public long getContentLengthLong() {
        return request.headers().first("Content-Length").isPresent()
                ? request.body().length().orElse(-1)
                : -1;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        List<Cookie> cookies = new ArrayList<>();
        for (String line : request.headers().all("Cookie")) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    add(
                            cookies,
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
    }

    private static void add(Collection<Cookie> cookies, String name, String value) {
        try {
            cookies.add(new Cookie(name, value));
        } catch (IllegalArgumentException _) { // a name that no server could have set: other cookies are read
            return;
        }
    }

    @Override
    public Locale getLocale() {
        return getLocales().nextElement();
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(
                Languages.of(String.join(",", request.headers().all("Accept-Language"))));
    }

    @Override
    public String getRequestId() {
        return Long.toString(id);
    }

    /** Neither HTTP/1.1 nor this server's view of HTTP/2 has one. */
    @Override
    public String getProtocolRequestId() {
        return "";
    }

    @Override
    public ServletConnection getServletConnection() {
        return new ConnectionView(request);
    }
}
