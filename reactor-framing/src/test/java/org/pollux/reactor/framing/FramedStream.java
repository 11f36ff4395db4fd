package org.pollux.reactor.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** A real connection whose frames a handler hears, and the peer that sends them. */
final class FramedStream extends TurnedReactor {

    final Peer peer;

    FramedStream(Framing framing, FrameHandler handler) throws IOException {
        this(framing, handler, new ManualClock());
    }

    private FramedStream(Framing framing, FrameHandler handler, ManualClock clock) throws IOException {
        this(framing, handler, new EventLoop(TestedBackend.of(new NioBackend()), clock), clock);
    }

    private FramedStream(Framing framing, FrameHandler handler, EventLoop loop, ManualClock clock) {
        super(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
        peer = accept(connection -> framing.around(handler));
    }

    /** Sends bytes, each of a number below 256, and lets them arrive. */
    FramedStream send(String bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
        while (left.hasRemaining()) {
            peer.sendSome(left);
            turn();
        }
        settle();
        return this;
    }

    /** Sends them in pieces of random length. */
    FramedStream sendInPieces(String bytes, Random random, int longest) {
        for (int from = 0; from < bytes.length(); ) {
            int to = Math.min(bytes.length(), from + 1 + random.nextInt(longest));
            peer.sendSome(ByteBuffer.wrap(bytes.substring(from, to).getBytes(ISO_8859_1)));
            turn();
            from = to;
        }
        settle();
        return this;
    }

    /** Sends the FIN, and waits until the handler has heard of the end. */
    void end(Frames frames) {
        peer.closeOutput();
        turnUntil("the handler hears of the end", () -> frames.closed);
    }
}
