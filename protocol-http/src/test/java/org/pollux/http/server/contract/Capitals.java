package org.pollux.http.server.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.pollux.http.BodyEncoder;

/** Sends a body in capitals, in brackets, and holds every byte back until there are three. */
final class Capitals implements BodyEncoder {

    private final List<String> log;
    private String held = "[";

    Capitals(List<String> log) {
        this.log = log;
    }

    @Override
    public ByteBuffer encode(ByteBuffer body) {
        held += StandardCharsets.US_ASCII.decode(body).toString().toUpperCase(Locale.ROOT);
        return held.length() < 3 ? ByteBuffer.allocate(0) : flush();
    }

    @Override
    public ByteBuffer flush() {
        ByteBuffer all = StandardCharsets.US_ASCII.encode(held);
        held = "";
        return all;
    }

    @Override
    public ByteBuffer finish() {
        held += "]";
        return flush();
    }

    @Override
    public void close() {
        log.add("closed");
    }
}
