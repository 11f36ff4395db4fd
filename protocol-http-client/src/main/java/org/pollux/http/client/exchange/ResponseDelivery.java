package org.pollux.http.client.exchange;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.FieldLines;

/**
 * Delivers the response of one call, as its wire reads it: interim heads, the head, the body, decoded if it is gzip, the end. It
 * stops where the call is paused, and continues there. The body of a redirect is passed over.
 *
 * <pre>
 *   begin ──▶ head* ──a final head──▶ data* ──▶ end
 * </pre>
 */
public final class ResponseDelivery {

    /** Maximum interim responses before a final one: more of them mean a broken server. */
    private static final int INTERIM = 32;

    /** Bytes of a redirect's body that are skipped to keep the connection, or the stream. */
    private static final long PASSED_OVER = 64 * 1024;

    private final ClientLoop loop;
    private @Nullable Call call;
    private @Nullable GzipDecoder gzip;
    private boolean headed;
    private boolean passedOver;
    private int interim;
    private int status;
    private long received;

    public ResponseDelivery(ClientLoop loop) {
        this.loop = loop;
    }

    /** Begins with the response to a call. */
    public void begin(Call next) {
        call = next;
        headed = false;
        passedOver = false;
        interim = 0;
        status = 0;
        received = 0;
        close();
    }

    /** Frees what it holds. */
    public void close() {
        if (gzip != null) {
            gzip.close();
            gzip = null;
        }
    }

    /** Whether something can be delivered: the call is neither paused nor over. */
    public boolean goesOn() {
        return call != null && !call.isPaused() && !call.isOver();
    }

    /** Whether no head has come yet, not even an interim one. */
    public boolean isUntouched() {
        return !headed && interim == 0;
    }

    /** Whether the head has come. */
    public boolean isHeaded() {
        return headed;
    }

    // ---- the head

    /**
     * Delivers a head.
     *
     * @param version as in {@code "HTTP/1.1"}
     * @param fields remain valid
     * @param bodyLength of the body that follows; 0 for none, negative when it is not known
     * @return whether it is the final one
     * @throws HttpFailure when the response does not fit its request
     */
    public boolean head(String version, int code, String reason, FieldLines fields, long bodyLength)
            throws HttpFailure {
        Call told = current();
        Unasked.refuse(told.request(), code, fields);
        if (code >= 100 && code < 200) {
            if (++interim > INTERIM) {
                throw new HttpFailure(Reason.MALFORMED, "more than " + INTERIM + " interim responses (1xx)");
            }
            told.interim(version, code, reason, fields);
            return false;
        }
        status = code;
        if (status == 205 && bodyLength > 0) {
            throw bodyOf205();
        }
        headed = true;
        boolean asked = RequestFields.askForGzip(told.request());
        passedOver = !told.head(version, code, reason, fields);
        if (asked && !passedOver && bodyLength != 0 && status != 205 && isGzip(fields)) {
            gzip = new GzipDecoder();
        }
        return true;
    }

    private static boolean isGzip(Headers headers) {
        String coding = headers.first("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        return coding.equals("gzip") || coding.equals("x-gzip");
    }

    private static HttpFailure bodyOf205() {
        return new HttpFailure(Reason.MALFORMED, "205 has a body, which RFC 9110 does not allow");
    }

    // ---- the body

    /** Whether bytes of the body are presented as they are. */
    public boolean isPlain() {
        return gzip == null && !passedOver && status != 205;
    }

    /** Presents the rest of the buffer, or less of it when the call pauses. An empty buffer presents what was decoded before. */
    public void data(ByteBuffer in) throws HttpFailure {
        int from = in.position();
        if (gzip != null) {
            inflate(gzip, in);
        } else if (in.hasRemaining()) {
            if (status == 205) {
                throw bodyOf205();
            }
            int limit = in.limit();
            if (!passedOver) {
                current().data(in);
            }
            in.position(limit);
        }
        received += in.position() - from;
    }

    private void inflate(GzipDecoder decoder, ByteBuffer in) throws HttpFailure {
        ByteBuffer out = loop.inflated();
        boolean more = true;
        while (more && goesOn()) {
            decoder.decode(in, out.clear());
            more = !out.hasRemaining() || in.hasRemaining();
            if (out.flip().hasRemaining()) {
                current().data(out);
            }
        }
    }

    /** Presents bytes that were gathered, and are not compressed. */
    public void gathered(ByteBuffer in) throws HttpFailure {
        received += in.remaining();
        current().data(in);
    }

    /** The rest of a redirect's body is not worth its time. */
    public boolean isEnough() {
        return passedOver && received > PASSED_OVER;
    }

    /** Bytes of the body that were presented, in the form in which they came. */
    public long received() {
        return received;
    }

    /**
     * The body is complete.
     *
     * @throws HttpFailure when its gzip is not
     */
    public void end() throws HttpFailure {
        if (gzip != null && !gzip.isComplete()) {
            throw new HttpFailure(
                    Reason.SHORT_BODY, "body ended early: its gzip is not complete, " + received + " bytes had come");
        }
        close();
    }

    /** Whether the response is a redirect that is followed. */
    public boolean isPassedOver() {
        return passedOver;
    }

    /** Whether the request's method or the status rules out a body, whatever the head says: some servers send one. */
    public boolean isBodiless() {
        return status == 204
                || status == 304
                || (call != null && call.request().method().equals("HEAD"));
    }

    private Call current() {
        if (call == null) {
            throw new IllegalStateException("No call is being responded");
        }
        return call;
    }
}
