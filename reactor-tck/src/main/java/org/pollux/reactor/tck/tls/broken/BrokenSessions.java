package org.pollux.reactor.tck.tls.broken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;

/** The faults in a session; {@link TlsFault} describes each. */
final class BrokenSessions {

    private BrokenSessions() {}

    /** T8. */
    static final class Forgetful extends RelaySession {

        Forgetful(TlsSession sound) {
            super(sound);
        }

        @Override
        public TlsInfo info() {
            TlsInfo info = super.info();
            return new TlsInfo(
                    info.version(),
                    info.cipherSuite(),
                    info.alpn(),
                    info.serverName(),
                    info.certificate(),
                    info.peerChain(),
                    false);
        }
    }

    /** T12. */
    static final class AlwaysReading extends RelaySession {

        AlwaysReading(TlsSession sound) {
            super(sound);
        }

        @Override
        public Status handshake() throws IOException {
            Status status = super.handshake();
            return status == Status.WRITE ? Status.READ : status;
        }
    }

    /** T13. */
    static final class Hasty extends RelaySession {

        Hasty(TlsSession sound) {
            super(sound);
        }

        @Override
        public Status handshake() throws IOException {
            Status status = super.handshake();
            return status == Status.KEY ? super.handshake() : status;
        }
    }

    /** T14. */
    static final class Indulgent extends RelaySession {

        private boolean done;

        Indulgent(TlsSession sound) {
            super(sound);
        }

        @Override
        public Status handshake() throws IOException {
            Status status = super.handshake();
            done = status == Status.DONE;
            return status;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return done ? super.read(target) : 0;
        }
    }

    /** T15. */
    static final class EndingEarly extends RelaySession {

        EndingEarly(TlsSession sound) {
            super(sound);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = super.read(target);
            return count == 0 ? -1 : count;
        }
    }

    /** T16. */
    static final class Silent extends RelaySession {

        Silent(TlsSession sound) {
            super(sound);
        }

        @Override
        public boolean hasPlain() {
            return false;
        }
    }

    /** T17. */
    static final class IgnoringTheRange extends RelaySession {

        IgnoringTheRange(TlsSession sound) {
            super(sound);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return super.write(data, 0, from + count);
        }
    }

    /** T18. */
    static final class Carefree extends RelaySession {

        Carefree(TlsSession sound) {
            super(sound);
        }

        @Override
        public int unsent() {
            return 0;
        }
    }

    /** T21. */
    static final class EndingWithoutAWord extends RelaySession {

        EndingWithoutAWord(TlsSession sound) {
            super(sound);
        }

        @Override
        public void closeNotify() {}
    }

    /** T22. */
    static final class Trusting extends RelaySession {

        Trusting(TlsSession sound) {
            super(sound);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            try {
                return super.read(target);
            } catch (TlsException e) {
                if (e.reason() == Reason.TRUNCATED) {
                    return -1;
                }
                throw e;
            }
        }
    }

    /** T23. */
    static final class Vague extends RelaySession {

        Vague(TlsSession sound) {
            super(sound);
        }

        @Override
        public Status handshake() throws IOException {
            try {
                return super.handshake();
            } catch (TlsException e) {
                throw new TlsException(Reason.PROTOCOL, "It does not work", e);
            }
        }
    }

    /** T24. */
    static final class Wrapping extends RelaySession {

        Wrapping(TlsSession sound) {
            super(sound);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            try {
                return super.read(target);
            } catch (TlsException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException("TLS failed", e);
            }
        }
    }

    /** T25. */
    static final class Polite extends RelaySession {

        Polite(TlsSession sound) {
            super(sound);
        }

        @Override
        public void free() {
            try {
                closeNotify();
            } catch (IOException | IllegalStateException e) {
                // it was freed, or nobody is there
            }
            super.free();
        }
    }

    /** T26. */
    static final class LosingWhenDetached extends RelaySession {

        private final Switch below;

        LosingWhenDetached(RelayEngine.Opening opening, CipherStream below) {
            this(opening, new Switch(below));
        }

        private LosingWhenDetached(RelayEngine.Opening opening, Switch below) {
            super(opening.open(below));
            this.below = below;
        }

        @Override
        public OptionalLong detach() {
            below.to(new Nowhere());
            try {
                flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return super.detach();
        }
    }

    /** T11: a stream that loses reads of one byte. */
    record LosingSingleBytes(CipherStream sound) implements CipherStream {

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = sound.read(target);
            if (count == 1) {
                target.put(target.position() - 1, (byte) 0);
            }
            return count;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return sound.write(data, from, count);
        }
    }

    /** T19: takes everything, without a limit. */
    static final class Hoarding extends RelaySession {

        private final Hoard hoard;

        Hoarding(RelayEngine.Opening opening, CipherStream below) {
            this(opening, new Hoard(below));
        }

        private Hoarding(RelayEngine.Opening opening, Hoard hoard) {
            super(opening.open(hoard));
            this.hoard = hoard;
        }

        @Override
        public int unsent() {
            return hoard.kept.size();
        }
    }

    private static final class Hoard implements CipherStream {

        private final CipherStream below;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Hoard(CipherStream below) {
            this.below = below;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return below.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            long taken = 0;
            for (int i = from; i < from + count; i++) {
                byte[] bytes = new byte[data[i].remaining()];
                data[i].get(bytes);
                kept.writeBytes(bytes);
                taken += bytes.length;
            }
            ByteBuffer all = ByteBuffer.wrap(kept.toByteArray());
            below.write(new ByteBuffer[] {all}, 0, 1);
            kept.reset();
            kept.write(all.array(), all.position(), all.remaining());
            return taken;
        }
    }

    /** T20: what is written inside a read is lost. */
    static final class Deaf extends RelaySession {

        private final Switch below;
        private final CipherStream given;

        Deaf(RelayEngine.Opening opening, CipherStream given) {
            this(opening, new Switch(given), given);
        }

        private Deaf(RelayEngine.Opening opening, Switch below, CipherStream given) {
            super(opening.open(below));
            this.below = below;
            this.given = given;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            below.to(new Nowhere() {
                @Override
                public int read(ByteBuffer bytes) throws IOException {
                    return given.read(bytes);
                }
            });
            try {
                return super.read(target);
            } finally {
                below.to(given);
            }
        }
    }

    /** A stream that takes everything and keeps nothing. */
    static class Nowhere implements CipherStream {

        @Override
        public int read(ByteBuffer target) throws IOException {
            return 0;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) {
            long taken = 0;
            for (int i = from; i < from + count; i++) {
                taken += data[i].remaining();
                data[i].position(data[i].limit());
            }
            return taken;
        }
    }
}
