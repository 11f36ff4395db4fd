package org.pollux.reactor.tck.tls.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;

/**
 * Gives sessions of any engine away (T26), inside one process: the number is a place in a table. With it the contract of an
 * engine that gives none away can be tested, and a runtime that adopts them.
 */
public final class GivingEngine extends RelayEngine {

    private static final Map<Long, Given> GIVEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Wraps an engine. */
    public GivingEngine(TlsEngine sound) {
        super(sound);
    }

    @Override
    public String sessionForm() {
        return "a place in the table of " + GivingEngine.class.getName();
    }

    @Override
    TlsSession open(Opening opening, CipherStream below) {
        Switch stream = new Switch(below);
        return new Giving(new Given(opening.open(stream), stream));
    }

    @Override
    public TlsServerContext server(TlsServerSettings settings) {
        return new RelayServerContext(sound.server(settings)) {
            @Override
            public TlsSession adopt(long detached, CipherStream below) {
                return adopted(detached, below);
            }
        };
    }

    @Override
    public TlsClientContext client(TlsClientSettings settings) {
        TlsClientContext context = super.client(settings);
        return new TlsClientContext() {
            @Override
            public TlsSession open(CipherStream below, String host, int port) {
                return context.open(below, host, port);
            }

            @Override
            public TlsSession adopt(long detached, CipherStream below) {
                return adopted(detached, below);
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    private static TlsSession adopted(long detached, CipherStream below) {
        Given given = GIVEN.remove(detached);
        if (given == null) {
            throw new IllegalArgumentException("Nothing was given away as " + detached);
        }
        given.below.to(below);
        return new Giving(given);
    }

    private record Given(TlsSession session, Switch below) {}

    private static final class Giving extends RelaySession {

        private final Given given;
        private boolean away;

        Giving(Given given) {
            super(given.session);
            this.given = given;
        }

        @Override
        public OptionalLong detach() {
            try {
                info();
            } catch (IllegalStateException e) {
                return OptionalLong.empty(); // the handshake is under way
            }
            away = true;
            long number = NUMBERS.incrementAndGet();
            GIVEN.put(number, given);
            return OptionalLong.of(number);
        }

        private void requireHere() {
            if (away) {
                throw new IllegalStateException("The session was given away");
            }
        }

        @Override
        public Status handshake() throws IOException {
            requireHere();
            return super.handshake();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            requireHere();
            return super.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            requireHere();
            return super.write(data, from, count);
        }

        @Override
        public void flush() throws IOException {
            requireHere();
            super.flush();
        }

        @Override
        public void closeNotify() throws IOException {
            requireHere();
            super.closeNotify();
        }

        @Override
        public TlsInfo info() {
            requireHere();
            return super.info();
        }

        @Override
        public boolean hasPlain() {
            return !away && super.hasPlain();
        }

        @Override
        public int unsent() {
            return away ? 0 : super.unsent();
        }

        @Override
        public void free() {
            if (!away) {
                super.free();
            }
        }
    }
}
