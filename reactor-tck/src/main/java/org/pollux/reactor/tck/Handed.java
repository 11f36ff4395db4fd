package org.pollux.reactor.tck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/** The bytes and marks that a poller hands over for one source. */
@SuppressWarnings("ReferenceEquality") // another probe may be equal to it
final class Handed implements Handover {

    private final Source expected;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final List<IOException> failures = new ArrayList<>();
    private final List<Source> others = new ArrayList<>();

    Handed(Source expected) {
        this.expected = expected;
    }

    byte[] received() {
        return received.toByteArray();
    }

    byte[] unsent() {
        return unsent.toByteArray();
    }

    List<IOException> failures() {
        return failures;
    }

    /** The other sources for which something was handed over. */
    List<Source> others() {
        return others;
    }

    @Override
    public void received(Source source, ByteBuffer bytes) {
        take(source, bytes, received);
    }

    @Override
    public void unsent(Source source, ByteBuffer bytes) {
        take(source, bytes, unsent);
    }

    private void take(Source source, ByteBuffer bytes, ByteArrayOutputStream into) {
        if (source == expected) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            into.writeBytes(copy);
        } else {
            others.add(source);
        }
    }

    @Override
    public void failed(Source source, IOException cause) {
        if (source == expected) {
            failures.add(cause);
        } else {
            others.add(source);
        }
    }
}
