package org.pollux.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** A request and its response as a handler of the JDK sees them. */
final class JdkExchange extends HttpExchange {

    /** The fields that the server writes by itself. */
    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-connection",
            "server",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("localhost", 0);

    private final Request request;
    private final Response response;
    private final HttpContext context;
    private final Headers requestHeaders = new Headers();
    private final Headers responseHeaders = new Headers();
    private final Map<String, Object> attributes = new HashMap<>();
    private final String method;
    private final URI uri;
    private final String version;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private OutputStream responseBody = new Deferred();
    private int code = -1;

    JdkExchange(HttpHandler handler, Request request, Response response) {
        this.request = request;
        this.response = response;
        this.context = new JdkContext(handler, request.path());
        this.method = request.method();
        this.uri = uri(request);
        this.version = request.version();
        this.remote = inet(request.remote());
        this.local = inet(request.local());
        request.headers().forEach(field -> requestHeaders.add(field.name(), field.value()));
    }

    /** The target as a URI. Characters that a URI must encode are encoded. */
    private static URI uri(Request request) {
        try {
            return new URI(request.target());
        } catch (URISyntaxException _) {
            return encoded(request.path(), request.query().orElse(null));
        }
    }

    private static URI encoded(String path, @Nullable String query) {
        try {
            return new URI(null, null, path, query, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("No URI: " + path, e);
        }
    }

    /** A Unix-domain socket has no such address, but handlers always expect one. */
    private static InetSocketAddress inet(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet : UNKNOWN;
    }

    @Override
    public Headers getRequestHeaders() {
        return requestHeaders;
    }

    @Override
    public Headers getResponseHeaders() {
        return responseHeaders;
    }

    @Override
    public URI getRequestURI() {
        return uri;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public HttpContext getHttpContext() {
        return context;
    }

    @Override
    public InputStream getRequestBody() {
        InputStream opened = input;
        if (opened == null) {
            boolean empty = request.body().length().equals(OptionalLong.of(0));
            opened = empty
                    ? new ByteArrayInputStream(new byte[0])
                    : request.body().inputStream();
            input = opened;
        }
        return opened;
    }

    @Override
    public OutputStream getResponseBody() {
        return responseBody;
    }

    /** As the JDK specifies, a length of 0 means that the length is not known, and -1 that the response has no body. */
    @Override
    public void sendResponseHeaders(int status, long length) throws IOException {
        if (code != -1) {
            throw new IOException("The headers were sent already");
        }
        code = status;
        response.status(status);
        responseHeaders.forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> response.header(name, value));
            }
        });
        if (length < 0) {
            response.send();
            output = OutputStream.nullOutputStream();
        } else {
            output = (length == 0 ? response.stream() : response.stream(length)).outputStream();
        }
    }

    @Override
    public void close() {
        try {
            if (code == -1) {
                sendResponseHeaders(500, -1);
            }
            responseBody.close();
        } catch (IOException _) {
            // the client has disconnected: this has no other cause here
        }
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public int getResponseCode() {
        return code;
    }

    @Override
    public String getProtocol() {
        return version;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        input = Optional.ofNullable(in).orElse(getRequestBody());
        responseBody = Optional.ofNullable(out).orElse(responseBody);
    }

    @Override
    @SuppressWarnings("NullAway") // as the JDK specifies when no user was authenticated
    public HttpPrincipal getPrincipal() {
        return null;
    }

    /** The stream that {@link #getResponseBody} returns, before and after the headers are sent. */
    private final class Deferred extends OutputStream {

        private OutputStream opened() throws IOException {
            OutputStream opened = output;
            if (opened == null) {
                throw new IOException("The headers must be sent before the body");
            }
            return opened;
        }

        @Override
        public void write(int octet) throws IOException {
            opened().write(octet);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            opened().write(source, offset, length);
        }

        @Override
        public void flush() throws IOException {
            opened().flush();
        }

        @Override
        public void close() throws IOException {
            opened().close();
        }
    }
}
