package org.pollux.http.server.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;
import org.pollux.http.wire.FieldLines;

/** The client's end of a stream: what it sends, and what has arrived. */
abstract class MemoryAsked implements Asked {

    private final Ask request;
    private final StringBuilder body = new StringBuilder();
    private final List<String> interim = new ArrayList<>();
    private FieldLines fields = FieldLines.NONE;
    private FieldLines trailers = FieldLines.NONE;
    private int status;
    private boolean wanted;
    private boolean whole;
    private boolean cut;

    MemoryAsked(Ask request) {
        this.request = request;
    }

    final Ask request() {
        return request;
    }

    // ---- to the server

    /** At the server. */
    abstract void arrives(byte[] piece);

    /** At the server: the body ends, as far as it did not by itself. */
    abstract void arrivesEnd(FieldLines trailers);

    @Override
    public final Asked send(String piece) {
        arrives(piece.getBytes(ISO_8859_1));
        return this;
    }

    @Override
    public final Asked end() {
        arrivesEnd(FieldLines.NONE);
        return this;
    }

    @Override
    public final Asked end(String trailer, String value) {
        arrivesEnd(lines(trailer + ": " + value + "\r\n"));
        return this;
    }

    private static FieldLines lines(String text) {
        return new FieldLines(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), 0, text.length());
    }

    // ---- from the server

    final void seeInterim(int code, String fieldLines) {
        if (code == 100) {
            wanted = true;
        } else if (status == 0) {
            List<Header> seen = new ArrayList<>();
            lines(fieldLines).forEach(seen::add);
            interim.add(Asked.interim(code, seen));
        } else {
            throw new AssertionError("An interim response behind the final one");
        }
    }

    final void seeHead(int code, String fieldLines) {
        if (status != 0) {
            throw new AssertionError("A second head");
        }
        status = code;
        fields = lines(fieldLines);
    }

    final void seeBody(byte[] piece) {
        if (status == 0 || whole || cut || piece.length == 0) {
            throw new AssertionError("A piece of a body where none can be");
        }
        body.append(new String(piece, ISO_8859_1));
    }

    final void seeEnd(String fieldLines) {
        if (status == 0 || whole || cut) {
            throw new AssertionError("An end where none can be");
        }
        trailers = lines(fieldLines);
        whole = true;
    }

    final void seeCut() {
        cut = true;
    }

    @Override
    public final boolean isBodyWanted() {
        return wanted;
    }

    @Override
    public final List<String> interim() {
        return interim;
    }

    @Override
    public final int status() {
        return status;
    }

    @Override
    public final List<String> fields(String name) {
        return fields.all(name);
    }

    @Override
    public final String body() {
        return body.toString();
    }

    @Override
    public final List<String> trailers(String name) {
        return trailers.all(name);
    }

    @Override
    public final boolean isWhole() {
        return whole;
    }

    @Override
    public final boolean isCut() {
        return cut;
    }
}
