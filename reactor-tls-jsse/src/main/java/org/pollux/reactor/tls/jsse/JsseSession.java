package org.pollux.reactor.tls.jsse;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.TlsVersion;

/**
 * A session on an {@code SSLEngine}, which turns bytes into bytes; the states are those of {@link TlsSession}. It is one file
 * because it is one state machine.
 */
final class JsseSession implements TlsSession {

    /** For the managers of its context; set only while the JDK works. */
    private static final ThreadLocal<JsseSession> AT_WORK = new ThreadLocal<>();

    private static final ByteBuffer[] NOTHING = {};

    /** Records without content in a row; OpenSSL has the same limit. */
    private static final int MOST_EMPTY_RECORDS = 32;

    /** How many bytes may wait that only respond to the peer, beside those of a write. */
    private static final int RESPONSES = 16 * 1_024;

    private static final byte HANDSHAKE_RECORD = 22;

    private final SSLEngine engine;
    private final Role role;
    private final Buffers buffers;
    private final Inbound inbound;
    private final Outbound outbound;

    /** Decrypted bytes that a read had no room for; null when there are none. */
    private @Nullable ByteBuffer plain;

    /** Null until the handshake is done. */
    private @Nullable TlsInfo info;

    private @Nullable TlsException failure;

    /** Of the server's protocols; null when they were given. */
    private @Nullable TlsException alpnFault;

    /** An end or a failure was found behind bytes that a read returned, so the next read is to find it. */
    private boolean endWaits;

    private boolean begun;
    private boolean inputEnded;
    private boolean outputClosed;
    private boolean freed;
    private boolean keyAnnounced;

    /** A certificate was shown, so no earlier session is continued. */
    private boolean full;

    private int emptyRecords;

    /** The name that the client asks for; a server's session has null until then. */
    private @Nullable String askedName;

    JsseSession(SSLEngine engine, Role role, @Nullable String askedName, CipherStream below, Buffers buffers) {
        this.engine = engine;
        this.askedName = askedName;
        this.role = role;
        this.buffers = buffers;
        this.inbound = new Inbound(below);
        this.outbound = new Outbound(below);
        if (role instanceof ServerRole server) {
            engine.setHandshakeApplicationProtocolSelector((_, offered) -> selectProtocol(server, offered));
        }
    }

    static JsseSession atWork() {
        return requireNonNull(AT_WORK.get(), "No session is at work");
    }

    Role role() {
        return role;
    }

    void handshakeIsFull() {
        full = true;
    }

    @Nullable
    String askedName() {
        return askedName;
    }

    void askedName(String name) {
        askedName = name;
    }

    /** As the JDK wants it: empty to continue without, null to fail. */
    private @Nullable String selectProtocol(ServerRole server, List<String> offered) {
        List<String> now;
        try {
            now = server.settings().alpn().get();
        } catch (RuntimeException | Error e) {
            alpnFault = new TlsException(Reason.INTERNAL, "The server does not say which protocols it has", e);
            return null;
        }
        return now.isEmpty()
                ? ""
                : now.stream().filter(offered::contains).findFirst().orElse(null);
    }

    // ---- the handshake

    @Override
    public Status handshake() throws IOException {
        requireSound();
        if (info != null) {
            return Status.DONE;
        }
        try (Buffers.Loan loan = buffers.borrow()) {
            inbound.take(loan.in);
            try {
                return shake(loan);
            } finally {
                inbound.keep(loan.in);
            }
        }
    }

    private Status shake(Buffers.Loan loan) throws IOException {
        begin();
        while (true) {
            outbound.flush();
            if (outbound.unsent() > 0) {
                return Status.WRITE;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    if (!keyAnnounced && !engine.getUseClientMode()) {
                        keyAnnounced = true;
                        return Status.KEY;
                    }
                    runTasks();
                }
                case NEED_WRAP -> wrapWhatWaits(loan.out);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (unwrap(loan.in, loan.plain.clear()).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                        int count = inbound.fill(loan.in, loan.in.capacity());
                        if (count < 0) {
                            throw fail(new TlsException(
                                    Reason.TRUNCATED, "The peer has ended the stream before the handshake was done"));
                        }
                        if (count == 0) {
                            return Status.READ;
                        }
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    if (engine.isInboundDone()) {
                        throw fail(new TlsException(
                                Reason.TRUNCATED, "The peer has closed the session before the handshake was done"));
                    }
                    info = Negotiated.info(engine, askedName, !full);
                    return Status.DONE;
                }
            }
        }
    }

    private void begin() throws TlsException {
        if (begun) {
            return;
        }
        begun = true;
        try {
            engine.beginHandshake();
        } catch (SSLException | RuntimeException e) {
            throw fail(Failures.of(e, info != null));
        }
    }

    // ---- reading

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            requireUnfreed();
            return 0;
        }
        int start = target.position();
        if (plain != null) {
            requireUnfreed();
            movePlain(plain, target);
            return target.position() - start;
        }
        endWaits = false;
        requireSound();
        requireOpen();
        if (inputEnded) {
            return -1;
        }
        try (Buffers.Loan loan = buffers.borrow()) {
            inbound.take(loan.in);
            try {
                return read(target, start, loan);
            } finally {
                inbound.keep(loan.in);
            }
        }
    }

    private int read(ByteBuffer target, int start, Buffers.Loan loan) throws IOException {
        while (true) {
            try {
                decrypt(target, loan);
            } catch (TlsException e) {
                if (target.position() == start) {
                    throw e;
                }
                endWaits = true; // the bytes before it come first
            }
            if (target.position() > start) {
                endWaits |= inputEnded;
                return target.position() - start;
            }
            if (inputEnded) {
                return -1;
            }
            int count = inbound.fill(loan.in, target.remaining() + loan.plain.capacity());
            if (count < 0) {
                throw fail(new TlsException(
                        Reason.TRUNCATED, "The stream has ended without close_notify: bytes may be missing"));
            }
            if (count == 0) {
                return 0;
            }
        }
    }

    /** Decrypts the whole records that are there and fit. */
    private void decrypt(ByteBuffer target, Buffers.Loan loan) throws IOException {
        while (target.hasRemaining() && loan.in.hasRemaining() && !inputEnded) {
            refuseRenegotiation(loan.in);
            SSLEngineResult result = unwrap(loan.in, target);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                result = unwrap(loan.in, loan.plain.clear());
                movePlain(loan.plain.flip(), target);
            }
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> {
                    return;
                }
                case CLOSED -> inputEnded = true;
                case OK -> countEmpty(result);
            }
            respond();
        }
    }

    /** Gives what fits; the rest waits for the next read. */
    private void movePlain(ByteBuffer from, ByteBuffer target) {
        int count = Math.min(from.remaining(), target.remaining());
        target.put(target.position(), from, from.position(), count);
        target.position(target.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            plain = null;
        } else if (plain == null) {
            plain = ByteBuffer.allocate(from.remaining()).put(from).flip();
        }
    }

    /** The JDK would start a second handshake: in TLS 1.2 these records are not encrypted, so it can be seen before. */
    private void refuseRenegotiation(ByteBuffer in) throws IOException {
        if (in.get(in.position()) == HANDSHAKE_RECORD && info().version() == TlsVersion.TLS_1_2) {
            throw fail(new TlsException(Reason.PROTOCOL, "The peer asks for a renegotiation, which is not allowed"));
        }
    }

    private void countEmpty(SSLEngineResult result) throws IOException {
        emptyRecords = result.bytesProduced() > 0 ? 0 : emptyRecords + 1;
        if (emptyRecords > MOST_EMPTY_RECORDS) {
            throw fail(new TlsException(
                    Reason.PROTOCOL, "The peer has sent more than " + MOST_EMPTY_RECORDS + " records without content"));
        }
    }

    /** To a key update, for instance. */
    private void respond() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            try (Buffers.Loan loan = buffers.borrow()) {
                wrapWhatWaits(loan.out);
            }
            if (outbound.unsent() > WRITE_AHEAD + RESPONSES) {
                throw fail(new TlsException(Reason.PROTOCOL, "The peer asks for responses and does not read them"));
            }
        }
    }

    @Override
    public boolean hasPlain() {
        return !freed && (plain != null || endWaits || (failure == null && !inputEnded && inbound.hasRecord()));
    }

    // ---- writing

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        requireSound();
        requireOpen();
        if (outputClosed) {
            throw new IllegalStateException("The output is closed");
        }
        outbound.flush();
        long taken = 0;
        while (outbound.unsent() == 0 && hasRemaining(data, from, count)) {
            if (engine.isOutboundDone()) {
                throw new TlsException(
                        Reason.CLOSED, "The peer has ended the session, and with TLS 1.2 both directions");
            }
            try (Buffers.Loan loan = buffers.borrow()) {
                taken += encrypt(data, from, count, loan.out.clear());
                outbound.send(loan.out.flip());
            }
        }
        return taken;
    }

    /** Fills the buffer with records, of {@link #WRITE_AHEAD} bytes at most. */
    private long encrypt(ByteBuffer[] data, int from, int count, ByteBuffer out) throws IOException {
        long taken = 0;
        do {
            taken += wrap(data, from, count, out).bytesConsumed();
        } while (out.remaining() >= engine.getSession().getPacketBufferSize()
                && hasRemaining(data, from, count)
                && !engine.isOutboundDone());
        return taken;
    }

    private static boolean hasRemaining(ByteBuffer[] data, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (data[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int unsent() {
        return outbound.unsent();
    }

    @Override
    public void flush() throws IOException {
        requireUnfreed();
        outbound.flush();
    }

    // ---- the end

    @Override
    public void closeNotify() throws IOException {
        requireUnfreed();
        if (!outputClosed && failure == null) {
            outputClosed = true;
            engine.closeOutbound();
            try (Buffers.Loan loan = buffers.borrow()) {
                wrapWhatWaits(loan.out);
            }
        }
        outbound.flush();
    }

    @Override
    public TlsInfo info() {
        requireUnfreed();
        if (info == null) {
            throw new IllegalStateException("The handshake is not done");
        }
        return info;
    }

    @Override
    public void free() {
        freed = true;
        plain = null;
        outbound.drop();
    }

    private void requireUnfreed() {
        if (freed) {
            throw new IllegalStateException("The session is freed");
        }
    }

    private void requireSound() throws TlsException {
        requireUnfreed();
        if (failure != null) {
            throw failure;
        }
    }

    private void requireOpen() {
        info();
    }

    /** Remembers why it has failed, and sends the alert as far as that can be done now. */
    private TlsException fail(TlsException cause) {
        if (failure != null) {
            return failure;
        }
        failure = alpnFault == null ? cause : alpnFault;
        engine.closeOutbound();
        try (Buffers.Loan loan = buffers.borrow()) {
            wrapWhatWaits(loan.out);
        } catch (IOException | RuntimeException alertIsLost) {
            failure.addSuppressed(alertIsLost);
        }
        return failure;
    }

    // ---- the JDK's engine

    private void runTasks() {
        AT_WORK.set(this);
        try {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run(); // what it throws comes out of the next wrap or unwrap
            }
        } finally {
            AT_WORK.remove();
        }
    }

    private SSLEngineResult unwrap(ByteBuffer in, ByteBuffer target) throws TlsException {
        AT_WORK.set(this);
        try {
            return engine.unwrap(in, target);
        } catch (SSLException | RuntimeException e) {
            throw fail(Failures.of(e, info != null));
        } finally {
            AT_WORK.remove();
        }
    }

    private SSLEngineResult wrap(ByteBuffer[] data, int from, int count, ByteBuffer out) throws TlsException {
        AT_WORK.set(this);
        try {
            return engine.wrap(data, from, count, out);
        } catch (SSLException | RuntimeException e) {
            throw fail(Failures.of(e, info != null));
        } finally {
            AT_WORK.remove();
        }
    }

    /** Sends the messages that the JDK has ready. */
    private void wrapWhatWaits(ByteBuffer out) throws IOException {
        out.clear();
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                if (out.remaining() < engine.getSession().getPacketBufferSize()) {
                    outbound.send(out.flip());
                    out.clear();
                }
                int before = out.position();
                wrap(NOTHING, 0, 0, out);
                if (out.position() == before) {
                    break;
                }
            }
        } finally {
            outbound.send(out.flip());
        }
    }
}
