package org.pollux.reactor.tls.openssl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;

/**
 * TLS on one stream: an {@code SSL} between two BIOs in memory. In each call they hold what came from the stream below, and what
 * goes there; between two calls they are empty, and the rest is here. The class is long because every method of the session
 * moves these same bytes.
 */
final class OpenSslSession implements TlsSession {

    /** What a peer may make a session respond without reading it, in bytes. */
    private static final int MOST_RESPONSES = 16_384;

    private final Contexts contexts;
    private final CipherStream below;
    private final String server;

    /** The address of the {@code SSL}; 0 when it is freed. */
    private long ssl;

    private Workspace workspace;

    /** Encrypted bytes that OpenSSL has not read yet. */
    private @Nullable ByteBuffer unread;

    /** Encrypted bytes that the stream below has not taken yet. */
    private @Nullable ByteBuffer unsent;

    private boolean open;
    private boolean keyAnnounced;
    private boolean inputEnded;

    /** Whether the reader knows that the input has ended or failed. */
    private boolean endTold;

    private boolean outputClosed;
    private int responses;
    private @Nullable TlsException failure;

    /**
     * A session of an {@code SSL}, which it owns.
     *
     * @param contexts the contexts that it uses; they are released with it
     * @param server a client's: the host and the port, for resumption; empty on a server
     * @param adopted whether another version has detached it
     */
    OpenSslSession(Contexts contexts, CipherStream below, long ssl, String server, boolean adopted) {
        this.contexts = contexts;
        this.below = below;
        this.ssl = ssl;
        this.server = server;
        this.open = adopted;
        this.workspace = contexts.workspaces().current();
        workspace.retain();
        if (adopted) {
            adopt();
        }
        workspace.attach(ssl);
    }

    // ---- the handshake

    @Override
    public Status handshake() throws IOException {
        Workspace w = enter();
        rethrow();
        load(w);
        try {
            return shake(w);
        } finally {
            keep(w);
        }
    }

    private Status shake(Workspace w) throws IOException {
        while (true) {
            if (!sent(w)) {
                return Status.WRITE;
            }
            if (open) {
                return Status.DONE;
            }
            int error = step();
            send(w);
            rethrow();
            if (unsent != null) {
                continue;
            }
            if (error == Ssl.ERROR_WANT_X509_LOOKUP) {
                keyAnnounced = true;
                return Status.KEY;
            }
            if (error == Ssl.ERROR_WANT_READ) {
                int count = receive(w, Workspace.CIPHER);
                rethrow();
                if (count == 0) {
                    return Status.READ;
                }
            }
        }
    }

    /** One step, and what it says. A failure is noted, because its alert is to be sent first. */
    private int step() {
        ErrorQueue.clear();
        long result = Ssl.DO_HANDSHAKE.call(ssl);
        if (result == 1) {
            open = true;
            return 0;
        }
        int error = error(result);
        if (error != Ssl.ERROR_WANT_READ && error != Ssl.ERROR_WANT_X509_LOOKUP && failure == null) {
            failure = error == Ssl.ERROR_ZERO_RETURN
                    ? new TlsException(
                            Reason.PROTOCOL, "The peer has ended TLS (close_notify) before the handshake was done")
                    : Failures.of(ssl, open);
        }
        return error;
    }

    private int error(long result) {
        return (int) Ssl.GET_ERROR.call(ssl, result);
    }

    /** Whether OpenSSL may use the private key now: not before the runtime was told. */
    boolean mayUseKey() {
        return keyAnnounced;
    }

    /** For tests, which ask OpenSSL itself. */
    long ssl() {
        return ssl;
    }

    /** The server of a client's session, and its port. */
    String server() {
        return server;
    }

    /** A callback has failed; OpenSSL's own reason would be less exact. */
    void fail(TlsException reason) {
        failure = reason;
    }

    // ---- bytes

    @Override
    public int read(ByteBuffer target) throws IOException {
        Workspace w = enterOpen();
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("a read-only buffer cannot be read into");
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        load(w);
        try {
            int count = isReadable() ? decrypt(w, target) : 0;
            for (int seen = 0; count == 0 && isReadable() && seen < Workspace.CIPHER; ) {
                int received = receive(w, Math.max(target.remaining(), Workspace.PLAIN));
                if (received <= 0) {
                    break;
                }
                seen += received;
                count = decrypt(w, target);
            }
            respond(w);
            return count > 0 ? count : told();
        } finally {
            keep(w);
        }
    }

    /** What a read returns that has no bytes. */
    private int told() throws TlsException {
        endTold = inputEnded || failure != null;
        rethrow();
        return inputEnded ? -1 : 0;
    }

    private boolean isReadable() {
        return !inputEnded && failure == null;
    }

    /** Moves what OpenSSL gives to the buffer. */
    private int decrypt(Workspace w, ByteBuffer target) {
        int start = target.position();
        boolean more = true;
        while (more && target.hasRemaining()) {
            boolean direct = target.isDirect();
            long address = direct ? w.target.address(target) : w.plainAddress;
            int room = direct ? target.remaining() : Math.min(target.remaining(), Workspace.PLAIN);
            ErrorQueue.clear();
            long count = Ssl.READ.call(ssl, address, room);
            if (count <= 0) {
                noted(count);
                break;
            }
            if (!direct) {
                target.put(target.position(), w.plain, 0, (int) count);
            }
            target.position(target.position() + (int) count);
            more = count == room || w.input.remaining() > 0;
        }
        return target.position() - start;
    }

    /** What a read says that gave no bytes. */
    private void noted(long result) {
        switch (error(result)) {
            case Ssl.ERROR_WANT_READ -> {}
            case Ssl.ERROR_ZERO_RETURN -> inputEnded = true;
            default -> failure = Failures.of(ssl, open);
        }
    }

    /** Sends what OpenSSL has written during a read: a key update, an alert. */
    private void respond(Workspace w) throws IOException {
        if (w.output.isEmpty()) {
            return;
        }
        responses += w.output.content().remaining();
        send(w);
        if (unsent == null) {
            responses = 0;
        } else if (responses > MOST_RESPONSES && failure == null) {
            failure = new TlsException(
                    Reason.PROTOCOL,
                    "The peer asks for responses and does not read them: " + responses + " bytes wait");
        }
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        Workspace w = enterOpen();
        rethrow();
        if (outputClosed) {
            throw new IllegalStateException("The output is closed");
        }
        long taken = 0;
        while (sent(w)) {
            int piece = encrypt(w, data, from, from + count);
            if (piece == 0) {
                break;
            }
            taken += piece;
            send(w);
        }
        return taken;
    }

    /** Encrypts as much as may wait, and moves the buffers' positions. */
    private int encrypt(Workspace w, ByteBuffer[] data, int from, int end) throws IOException {
        int taken = 0;
        int i = from;
        while (i < end && taken < WRITE_AHEAD) {
            ByteBuffer buffer = data[i];
            int length = Math.min(buffer.remaining(), WRITE_AHEAD - taken);
            if (length >= Workspace.PLAIN && buffer.isDirect()) {
                put(w.source.address(buffer), length);
                buffer.position(buffer.position() + length);
            } else {
                length = gather(w, data, i, end, WRITE_AHEAD - taken);
                if (length == 0) {
                    break;
                }
                put(w.plainAddress, length);
                advance(data, i, length);
            }
            taken += length;
            while (i < end && !data[i].hasRemaining()) {
                i++;
            }
        }
        return taken;
    }

    /** Copies small pieces together, so that they become one record, and returns their length. */
    private static int gather(Workspace w, ByteBuffer[] data, int from, int end, int most) {
        int length = 0;
        for (int i = from; i < end; i++) {
            int piece = Math.min(data[i].remaining(), Math.min(most, Workspace.PLAIN) - length);
            w.plain.put(length, data[i], data[i].position(), piece);
            length += piece;
        }
        return length;
    }

    private static void advance(ByteBuffer[] data, int from, int length) {
        int left = length;
        for (int i = from; left > 0; i++) {
            int piece = Math.min(left, data[i].remaining());
            data[i].position(data[i].position() + piece);
            left -= piece;
        }
    }

    /** A BIO in memory takes everything, so one call writes all. */
    private void put(long address, int length) throws IOException {
        ErrorQueue.clear();
        long count = Ssl.WRITE.call(ssl, address, length);
        if (count != length) {
            failure = Failures.of(ssl, open);
            throw failure;
        }
    }

    // ---- the stream below

    /** Shows OpenSSL what it has not read yet. */
    private void load(Workspace w) {
        w.active = this;
        ByteBuffer rest = unread;
        if (rest != null) {
            w.cipher.clear().put(rest);
            w.input.hold(w.cipherAddress, w.cipher.position());
            unread = null;
        }
    }

    /** Reads from the stream below, when OpenSSL has read everything. The end of the stream is noted as a failure. */
    private int receive(Workspace w, int most) throws IOException {
        ByteBuffer cipher = w.cipher.clear().limit(Math.min(most, Workspace.CIPHER));
        int count = below.read(cipher);
        if (count > 0) {
            w.input.hold(w.cipherAddress, count);
        } else if (count < 0) {
            failure = new TlsException(
                    Reason.TRUNCATED,
                    open
                            ? "The peer ended the connection without close_notify: what it sent may be incomplete"
                            : "The peer ended the connection during the handshake");
        }
        return count;
    }

    /** Keeps what OpenSSL has not read, until the next call. */
    private void keep(Workspace w) {
        w.active = null;
        int rest = w.input.remaining();
        if (rest > 0) {
            int end = w.cipher.position();
            unread = ByteBuffer.allocate(rest).put(0, w.cipher, end - rest, rest);
            w.input.hold(0, 0);
        }
    }

    /** Whether the stream below has taken everything that was written before. */
    private boolean sent(Workspace w) throws IOException {
        ByteBuffer rest = unsent;
        if (rest != null) {
            w.one[0] = rest;
            below.write(w.one, 0, 1);
            if (!rest.hasRemaining()) {
                unsent = null;
            }
        }
        return unsent == null;
    }

    /** Gives the stream below what OpenSSL has written, behind what waits, and keeps the rest. */
    private void send(Workspace w) throws IOException {
        if (w.output.isEmpty()) {
            return;
        }
        ByteBuffer content = w.output.content();
        try {
            if (sent(w)) {
                w.one[0] = content;
                below.write(w.one, 0, 1);
            }
        } finally {
            if (content.hasRemaining()) {
                unsent = append(unsent, content);
            }
            w.output.clear();
        }
    }

    private static ByteBuffer append(@Nullable ByteBuffer first, ByteBuffer second) {
        int length = (first == null ? 0 : first.remaining()) + second.remaining();
        ByteBuffer both = ByteBuffer.allocate(length);
        if (first != null) {
            both.put(first);
        }
        return both.put(second).flip();
    }

    @Override
    public boolean hasPlain() {
        if (ssl == 0 || !open) {
            return false;
        }
        return isReadable() ? unread != null || Ssl.PENDING.call(ssl) > 0 : !endTold;
    }

    @Override
    public int unsent() {
        return unsent == null ? 0 : unsent.remaining();
    }

    @Override
    public void flush() throws IOException {
        sent(enter());
    }

    // ---- the end

    @Override
    public void closeNotify() throws IOException {
        Workspace w = enter();
        if (outputClosed || failure != null) {
            return;
        }
        outputClosed = true;
        if (!open) {
            failure = new TlsException(Reason.INTERNAL, "The handshake was given up");
            return;
        }
        ErrorQueue.clear();
        Ssl.SHUTDOWN.call(ssl);
        send(w);
    }

    @Override
    public TlsInfo info() {
        enterOpen();
        return contexts.info(ssl);
    }

    @Override
    public OptionalLong detach() {
        enter();
        if (!open || failure != null) {
            return OptionalLong.empty();
        }
        contexts.beforeDetaching();
        long detached = ssl;
        Ssl.SET0_RBIO.call(ssl, MemoryBio.of(unread));
        Ssl.SET0_WBIO.call(ssl, MemoryBio.of(unsent));
        leave();
        return OptionalLong.of(detached);
    }

    /** Takes from the BIOs what {@link #detach} put there. */
    private void adopt() {
        unread = MemoryBio.content(Ssl.GET_RBIO.call(ssl));
        unsent = MemoryBio.content(Ssl.GET_WBIO.call(ssl));
        long shutdown = Ssl.GET_SHUTDOWN.call(ssl);
        outputClosed = (shutdown & Ssl.SENT_SHUTDOWN) != 0;
        inputEnded = (shutdown & Ssl.RECEIVED_SHUTDOWN) != 0;
    }

    @Override
    public void free() {
        if (ssl == 0) {
            return;
        }
        if (open && failure == null) {
            // it may be resumed, though close_notify was not exchanged
            Ssl.SET_SHUTDOWN.call(ssl, Ssl.SENT_SHUTDOWN | Ssl.RECEIVED_SHUTDOWN);
        }
        Ssl.FREE.call(ssl);
        leave();
    }

    private void leave() {
        ssl = 0;
        unread = null;
        unsent = null;
        workspace.release();
        contexts.release();
    }

    // ---- before each call

    private Workspace enter() {
        requireNotFreed();
        Workspace now = workspace;
        return now.thread == Thread.currentThread() ? now : move();
    }

    /** The thread of the loop has changed. */
    private Workspace move() {
        Workspace next = contexts.workspaces().current();
        next.retain();
        next.attach(ssl);
        workspace.release();
        workspace = next;
        return next;
    }

    private Workspace enterOpen() {
        Workspace w = enter();
        if (!open) {
            throw new IllegalStateException("The handshake is not done");
        }
        return w;
    }

    private void requireNotFreed() {
        if (ssl == 0) {
            throw new IllegalStateException("The session is freed");
        }
    }

    private void rethrow() throws TlsException {
        if (failure != null) {
            throw failure;
        }
    }
}
