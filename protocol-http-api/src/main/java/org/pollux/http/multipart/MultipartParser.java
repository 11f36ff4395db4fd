package org.pollux.http.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.pollux.http.HttpException;
import org.pollux.http.Problem;

/**
 * Parses {@code multipart/form-data} (RFC 7578; RFC 2046, section 5.1) from pieces of any size. Two cuts of the same bytes
 * give the same parts. It is strict: lines end with CR LF, a boundary has a line of its own, and the form has an end.
 *
 * <pre>
 *   PREAMBLE ──boundary──▶ LINE_END ──CR LF──▶ HEAD ──empty line──▶ CONTENT
 *                            │  ▲                                      │
 *                            │  └──────────────── boundary ────────────┘
 *                            └── -- ──▶ EPILOGUE        what stands before the first boundary and behind the last is dropped
 * </pre>
 *
 * <p>For one thread at a time. It keeps the head of one part at most, and no content.
 */
public final class MultipartParser {

    private enum State {
        PREAMBLE,
        LINE_END,
        HEAD,
        CONTENT,
        EPILOGUE
    }

    private static final byte CR = '\r';

    private final byte[] delimiter;
    private final MultipartLimits limits;
    private final MultipartHandler handler;
    private final PartHeadReader head;

    private State state = State.PREAMBLE;

    /** Bytes of the delimiter that the end of the input so far matches. Its CR stands at its beginning only. */
    private int matched;

    /** Bytes of these that do not belong to the content: the end of the line before, where a delimiter may stand at once. */
    private int borrowed;

    /** The bytes behind a delimiter, as long as they decide nothing: one dash, or padding and maybe CR. */
    private int lineEnd;

    private char last;
    private int parts;
    private long partBytes;
    private long formBytes;

    private MultipartParser(String boundary, MultipartLimits limits, MultipartHandler handler) {
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        this.limits = limits;
        this.handler = handler;
        this.head = new PartHeadReader(limits.headBytes());
        borrow(); // the first boundary may stand at the very beginning
    }

    /** The CR LF of the next delimiter was there already. */
    private void borrow() {
        matched = 2;
        borrowed = 2;
    }

    /**
     * A parser of a body.
     *
     * @param contentType the value of {@code Content-Type}, which names the boundary
     * @throws HttpException with status 415 when it is not {@code multipart/form-data}, and 400 when it has no valid boundary
     */
    public static MultipartParser of(String contentType, MultipartLimits limits, MultipartHandler handler) {
        return new MultipartParser(Boundary.in(contentType), limits, handler);
    }

    /**
     * Takes the next bytes, and calls the handler.
     *
     * @param in read to its limit when this returns
     * @throws HttpException with status 400 when the form is malformed, and 413 at a limit
     * @throws Exception when a callback throws; the parser cannot be used any more after an exception
     */
    public void parse(ByteBuffer in) throws Exception {
        formBytes += in.remaining();
        if (formBytes > limits.formBytes()) {
            throw tooLarge("The form is longer than " + limits.formBytes() + " bytes");
        }
        while (in.hasRemaining()) {
            switch (state) {
                case PREAMBLE, CONTENT -> content(in);
                case LINE_END -> lineEnd((char) (in.get() & 0xFF));
                case HEAD -> head(in);
                case EPILOGUE -> in.position(in.limit());
            }
        }
    }

    /**
     * There are no more bytes.
     *
     * @throws HttpException with status 400 when the form is not complete
     * @throws Exception when a callback throws
     */
    public void end() throws Exception {
        if (state != State.EPILOGUE) {
            throw malformed("The form has no end: a boundary followed by '--' is missing");
        }
        handler.onEnd();
    }

    /** Passes the bytes on that do not belong to a delimiter, until one is complete. */
    private void content(ByteBuffer in) throws Exception {
        int begin = in.position();
        int earlier = matched; // bytes of a possible delimiter that are not in this buffer
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == delimiter[matched]) {
                if (++matched == delimiter.length) {
                    pass(in, begin, in.position() - (delimiter.length - earlier));
                    delimited();
                    return;
                }
            } else if (matched > 0 || next == CR) {
                if (earlier > borrowed) {
                    pass(ByteBuffer.wrap(delimiter, borrowed, earlier - borrowed)
                            .slice());
                }
                earlier = 0;
                borrowed = 0;
                matched = next == CR ? 1 : 0;
            }
        }
        pass(in, begin, in.position() - (matched - earlier));
    }

    private void pass(ByteBuffer in, int from, int to) throws Exception {
        if (to > from) {
            pass(in.slice(from, to - from));
        }
    }

    private void pass(ByteBuffer data) throws Exception {
        if (state == State.PREAMBLE) {
            return;
        }
        partBytes += data.remaining();
        if (partBytes > limits.partBytes()) {
            throw tooLarge("A part of the form is longer than " + limits.partBytes() + " bytes");
        }
        handler.onData(data);
    }

    private void delimited() throws Exception {
        if (state == State.CONTENT) {
            handler.onPartEnd();
        }
        matched = 0;
        lineEnd = 0;
        last = 0;
        state = State.LINE_END;
    }

    /** Behind a boundary: {@code --}, or blanks and the end of the line (RFC 2046, section 5.1.1). */
    private void lineEnd(char next) {
        boolean dashes = next == '-' && (lineEnd == 0 || (last == '-' && lineEnd == 1));
        boolean blank = (next == ' ' || next == '\t') && last != '-' && last != '\r';
        boolean end = (next == '\r' && last != '\r' && last != '-') || (next == '\n' && last == '\r');
        if ((!dashes && !blank && !end) || lineEnd > limits.headBytes()) {
            throw malformed("A boundary of the form does not end its line");
        }
        lineEnd++;
        last = next;
        if (dashes && lineEnd == 2) {
            state = State.EPILOGUE;
        } else if (next == '\n') {
            if (++parts > limits.parts()) {
                throw tooLarge("The form has more than " + limits.parts() + " parts");
            }
            state = State.HEAD;
        }
    }

    private void head(ByteBuffer in) throws Exception {
        while (in.hasRemaining()) {
            if (head.add((char) (in.get() & 0xFF))) {
                PartHead complete = head.take();
                partBytes = 0;
                borrow(); // the boundary of a part without content may stand behind the empty line
                state = State.CONTENT;
                handler.onPart(complete);
                return;
            }
        }
    }

    static HttpException malformed(String detail) {
        return new HttpException(Problem.of(400, detail));
    }

    static HttpException tooLarge(String detail) {
        return new HttpException(Problem.of(413, detail));
    }
}
