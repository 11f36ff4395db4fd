package org.pollux.servlet.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpDate;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.ResponseStream;
import org.pollux.servlet.body.ContentType;
import org.pollux.servlet.body.ResponseWriter;
import org.pollux.servlet.body.ServletOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response of a servlet. It is committed when its head is sent: by the first bytes that do not fit into the buffer, by a
 * flush, by an error or a redirect, or at its end. A change of the head has no effect then.
 */
final class OutgoingResponse implements HttpServletResponse {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingResponse.class);

    private final Response response;
    private final Cycle cycle;
    private final boolean isHead;
    private final ResponseFields fields = new ResponseFields();
    private final ServletOutput output;
    private @Nullable PrintWriter writer;
    private @Nullable ResponseStream stream;
    private @Nullable Supplier<Map<String, String>> trailers;
    private @Nullable String type;
    private @Nullable String charset;
    private @Nullable Locale locale;
    private int status = SC_OK;
    private long length = -1;
    private boolean isStream;
    private boolean isCommitted;

    OutgoingResponse(Response response, Cycle cycle, boolean isHead) {
        this.response = response;
        this.cycle = cycle;
        this.isHead = isHead;
        output = new ServletOutput(this::begin, cycle.callbacks());
    }

    /** The head is sent, and a body follows in pieces. */
    private ResponseStream begin() {
        commitHead();
        ResponseStream begun = length >= 0 && hasBody() ? response.stream(length) : response.stream();
        stream = begun;
        begun.onClosed(cycle::lost);
        if (isHead || !hasBody()) {
            output.discard();
            begun.flush(); // before the end: closed at once, it would tell a length of 0
            begun.close();
        }
        return begun;
    }

    private boolean hasBody() {
        return status != SC_NO_CONTENT && status != SC_RESET_CONTENT && status != SC_NOT_MODIFIED;
    }

    /** A head that the server refuses is not committed: the client gets an error instead. */
    private void commitHead() {
        String contentType = getContentType();
        if (contentType != null) {
            fields.set("Content-Type", contentType);
        }
        response.status(status);
        fields.copyTo(response);
        isCommitted = true;
    }

    /** The servlet has returned: what is left is sent. */
    void complete() throws IOException {
        if (!isCommitted && !cycle.isUpgrading()) {
            if (trailers != null || (length >= 0 && length != output.buffered().remaining() && hasBody())) {
                output.flush(); // a length that was announced and not written: the server tells the client
            } else {
                commitHead();
                if (hasBody()) {
                    response.send(output.buffered());
                } else {
                    response.send();
                }
                output.discard();
            }
        }
        if (stream != null) {
            if (trailers != null && stream.isOpen()) {
                trailers.get().forEach(stream::trailer);
            }
            if (!isHead && hasBody() && output.missing() > 0 && stream.isOpen()) {
                LOG.warn(
                        "{} {}: its servlet has announced {} bytes, and {} of them are missing: the response is cut",
                        cycle.request().getMethod(),
                        cycle.request().getRequestURI(),
                        length,
                        output.missing());
            }
            output.close();
        }
    }

    /** The servlet has failed. A response that has begun is cut, so that no client takes it for complete. */
    void fail(int code) {
        if (stream != null) {
            output.discard();
            stream.abort();
        } else if (!isCommitted) {
            resetBuffer();
            sendError(code);
        }
    }

    @Override
    public void sendError(int code, @Nullable String message) {
        sendError(code);
    }

    /** The body is that of an {@link org.pollux.http.ErrorPage}: a message may reveal what a client should not know. */
    @Override
    public void sendError(int code) {
        requireNotCommitted();
        output.discard();
        status = statusOf(code);
        fields.remove("Content-Type");
        fields.copyTo(response);
        if (status >= 400) {
            response.sendError(status);
        } else {
            response.status(status).send();
        }
        isCommitted = true;
    }

    /** A dispatcher that catches everything turns a malformed form, or a servlet that is unavailable, into 500. */
    private int statusOf(int code) {
        if (code == SC_INTERNAL_SERVER_ERROR
                && cycle.request().getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable fault) {
            retryAfter(fault);
            return Cycle.statusOf(fault);
        }
        return code;
    }

    /** Tells for how long a servlet is unavailable. */
    void retryAfter(Throwable fault) {
        if (fault instanceof UnavailableException unavailable && !unavailable.isPermanent()) {
            setIntHeader("Retry-After", Math.max(1, unavailable.getUnavailableSeconds()));
        }
    }

    @Override
    public void sendRedirect(String location, int code, boolean clears) throws IOException {
        requireNotCommitted();
        if (clears) {
            resetBuffer();
            announceNothing(); // it was the length of another body
        }
        status = code;
        fields.set(
                "Location",
                RedirectLocation.encoded(
                        cycle.container().absoluteRedirects()
                                ? RedirectLocation.absolute(location, cycle.request())
                                : location));
        complete();
    }

    private void requireNotCommitted() {
        if (isCommitted) {
            throw new IllegalStateException("The response was begun already");
        }
    }

    /** Tells when the client disconnects before anything is sent; later the stream tells it. */
    void onLost(Runnable callback) {
        if (!isCommitted) {
            response.intercept(new ResponseInterceptor() {
                @Override
                public void onEnd(Request request, int sent, long bytes, @Nullable Throwable failure) {
                    if (failure != null) {
                        callback.run();
                    }
                }
            });
        }
    }

    void sessionCookie(String text) {
        fields.remove("Set-Cookie", text.substring(0, text.indexOf('=') + 1));
        fields.add("Set-Cookie", text);
    }

    ServletOutput output() {
        return output;
    }

    ResponseFields fields() {
        return fields;
    }

    /** Begins a connection of another protocol, with the fields that were set. */
    ResponseStream upgrade(String protocol) {
        fields.remove("Upgrade");
        fields.copyTo(response);
        ResponseStream begun = response.upgrade(protocol);
        isCommitted = true;
        return begun;
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", CookieText.of(cookie));
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isCommitted) {
            return;
        }
        if (name.equalsIgnoreCase("Content-Type")) {
            setContentType(value);
        } else if (name.equalsIgnoreCase("Content-Length") && value != null) {
            setContentLengthLong(Long.parseLong(value.strip()));
        } else if (value == null) {
            fields.remove(name);
        } else {
            fields.set(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isOwn(name)) {
            setHeader(name, value);
        } else if (!isCommitted && value != null) {
            fields.add(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, date(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, date(date));
    }

    private static String date(long millis) {
        return HttpDate.format(Instant.ofEpochMilli(millis));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setStatus(int code) {
        if (!isCommitted) {
            status = code;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return getContentType();
        }
        if (name.equalsIgnoreCase("Content-Length")) {
            return length < 0 ? null : Long.toString(length);
        }
        return fields.first(name).orElse(null);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return isOwn(name)
                ? Stream.ofNullable(getHeader(name)).collect(Collectors.toCollection(ArrayList::new))
                : new ArrayList<>(fields.all(name)); // a caller may change it
    }

    @Override
    public Collection<String> getHeaderNames() {
        List<String> names = new ArrayList<>(fields.names());
        names.removeIf(OutgoingResponse::isOwn);
        Stream.of("Content-Type", "Content-Length").filter(this::containsHeader).forEach(names::add);
        return names;
    }

    /** Whether a field is kept here: its parts are set apart from each other. */
    private static boolean isOwn(String name) {
        return name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length");
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        requireNotCommitted();
        if (cycle.request().getProtocol().equals("HTTP/1.0")) {
            throw new IllegalStateException("HTTP/1.0 has no trailers");
        }
        trailers = supplier;
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return trailers;
    }

    @Override
    public String encodeURL(String url) {
        return url;
    }

    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }

    @Override
    public String getCharacterEncoding() {
        return charset == null ? ISO_8859_1.name() : charset;
    }

    @Override
    public void setCharacterEncoding(@Nullable String name) {
        if (!isCommitted && writer == null) {
            charset = name;
        }
    }

    @Override
    public @Nullable String getContentType() {
        if (type == null || charset == null || type.isEmpty()) {
            return type;
        }
        return type + ";charset=" + charset;
    }

    @Override
    public void setContentType(@Nullable String of) {
        if (isCommitted) {
            return;
        }
        if (of == null) {
            type = null;
            charset = writer == null ? null : charset;
            return;
        }
        ContentType parsed = ContentType.of(of);
        type = parsed.type();
        if (writer == null && parsed.charset().isPresent()) {
            charset = parsed.charset().get();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("The body is written by getWriter already");
        }
        isStream = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() throws UnsupportedEncodingException {
        if (isStream) {
            throw new IllegalStateException("The body is written by getOutputStream already");
        }
        if (writer == null) {
            String name = getCharacterEncoding();
            Charset encodes = ContentType.charset(name).orElseThrow(() -> new UnsupportedEncodingException(name));
            charset = name; // so that the client can read it
            writer = new PrintWriter(new ResponseWriter(output, encodes));
        }
        return writer;
    }

    @Override
    public void setContentLength(int bytes) {
        setContentLengthLong(bytes);
    }

    @Override
    public void setContentLengthLong(long bytes) {
        if (!isCommitted && bytes >= 0) {
            length = bytes;
            output.announce(bytes);
        }
    }

    private void announceNothing() {
        length = -1;
        output.announceNothing();
    }

    @Override
    public void setBufferSize(int size) {
        if (isCommitted || output.buffered().hasRemaining()) {
            throw new IllegalStateException("The body was begun already");
        }
        output.capacity(size);
    }

    @Override
    public int getBufferSize() {
        return output.capacity();
    }

    @Override
    public void flushBuffer() throws IOException {
        output.flush();
    }

    @Override
    public void resetBuffer() {
        requireNotCommitted();
        output.reset();
    }

    @Override
    public void reset() {
        resetBuffer();
        fields.clear();
        status = SC_OK;
        announceNothing();
        type = null;
        charset = null;
        locale = null;
        trailers = null;
        writer = null;
        isStream = false;
    }

    @Override
    public boolean isCommitted() {
        return isCommitted;
    }

    @Override
    public void setLocale(@Nullable Locale of) {
        if (isCommitted) {
            return;
        }
        locale = of;
        setHeader("Content-Language", of == null ? null : of.toLanguageTag());
    }

    @Override
    public Locale getLocale() {
        return locale == null ? Locale.getDefault() : locale;
    }
}
