package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsSession.Status;

/** A tested session and its peer, with the link between them. The test turns it by hand: nothing waits. */
final class Talk {

    /** More than any exchange here takes; one that goes on for longer never ends. */
    private static final int MOST_TURNS = 100_000;

    private final Link link = new Link();
    private TlsSession session;
    private final JdkPeer peer;
    private final Set<Status> steps = EnumSet.noneOf(Status.class);

    Talk(Function<CipherStream, TlsSession> opening, JdkPeer peer) {
        this.session = opening.apply(link);
        this.peer = peer;
    }

    Link link() {
        return link;
    }

    TlsSession session() {
        return session;
    }

    /** From now on, this one is the tested one. */
    void session(TlsSession next) {
        session = next;
    }

    JdkPeer peer() {
        return peer;
    }

    /** What the handshake needed on its way. */
    Set<Status> steps() {
        return steps;
    }

    /** Carries what each side has for the other. */
    void carry() {
        peer.take(link.takeSent());
        link.arrive(peer.give());
    }

    /** Shakes hands until both are done, or the tested session fails. Looks at every status on the way (T12). */
    Talk shake() throws IOException {
        turnUntil("both sides have shaken hands", () -> {
            Status status = step();
            carry();
            return status == Status.DONE && peer.isDone();
        });
        return this;
    }

    /** One call of {@code handshake}. */
    Status step() throws IOException {
        Status status = session.handshake();
        steps.add(status);
        switch (status) {
            case READ -> assertTrue(link.gaveNothing(), "READ although the stream below gave bytes");
            case WRITE -> assertTrue(session.unsent() > 0 && link.wasFull(), "WRITE although everything was taken");
            case DONE -> assertEquals(0, session.unsent(), "DONE although bytes wait");
            case KEY -> {}
        }
        return status;
    }

    /** The tested session writes all of it, and the peer gets it. */
    void send(byte[] plain) throws IOException {
        ByteBuffer[] data = {ByteBuffer.wrap(plain)};
        turnUntil("all is written", () -> {
            session.write(data, 0, 1);
            carry();
            return !data[0].hasRemaining() && session.unsent() == 0;
        });
    }

    /** Reads what there is, until a read gives nothing. */
    byte[] readAll() throws IOException {
        var all = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        while (session.read(target.clear()) > 0) {
            all.write(target.array(), 0, target.position());
        }
        return all.toByteArray();
    }

    /** Reads until this many bytes have come. */
    byte[] read(int length) throws IOException {
        var all = new ByteArrayOutputStream();
        turnUntil(length + " bytes are read", () -> {
            carry();
            session.flush();
            all.writeBytes(readAll());
            return all.size() >= length;
        });
        return all.toByteArray();
    }

    /** A condition that may throw. */
    @FunctionalInterface
    interface Turn {
        boolean isDone() throws IOException;
    }

    static void turnUntil(String what, Turn turn) throws IOException {
        for (int i = 0; i < MOST_TURNS; i++) {
            if (turn.isDone()) {
                return;
            }
        }
        fail("It never happens that " + what);
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
