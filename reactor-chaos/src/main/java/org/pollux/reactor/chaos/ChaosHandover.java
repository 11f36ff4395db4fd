package org.pollux.reactor.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/** Passes bytes on in pieces, and replaces a registration by the source behind it. */
final class ChaosHandover implements Handover {

    private final Handover to;
    private final Dice dice;

    ChaosHandover(Handover to, Dice dice) {
        this.to = to;
        this.dice = dice;
    }

    private static Source behind(Source source) {
        return source instanceof ChaosRegistration registration ? registration.source() : source;
    }

    @Override
    public void received(Source source, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            to.received(behind(source), piece(bytes));
        }
    }

    @Override
    public void unsent(Source source, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            to.unsent(behind(source), piece(bytes));
        }
    }

    private ByteBuffer piece(ByteBuffer bytes) {
        int length = dice.rolls(Fault.SHORT) ? dice.fewOf(bytes.remaining()) : bytes.remaining();
        ByteBuffer piece = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return piece;
    }

    @Override
    public void failed(Source source, IOException cause) {
        to.failed(behind(source), cause);
    }
}
