package org.pollux.reactor.tck.tls.broken;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;

/** The faults in an engine and its contexts; {@link TlsFault} describes each. */
final class BrokenEngines {

    private BrokenEngines() {}

    /** T1. */
    static final class OneForAll extends RelayEngine {

        private @Nullable TlsServerContext only;

        OneForAll(TlsEngine sound) {
            super(sound);
        }

        @Override
        public TlsServerContext server(TlsServerSettings settings) {
            if (only == null) {
                only = super.server(settings);
            } else {
                only.update(settings);
            }
            return only;
        }
    }

    /** T4. */
    static final class NeverUpdating extends RelayEngine {

        NeverUpdating(TlsEngine sound) {
            super(sound);
        }

        @Override
        public TlsServerContext server(TlsServerSettings settings) {
            return new RelayServerContext(sound.server(settings)) {
                @Override
                public void update(TlsServerSettings next) {}
            };
        }
    }

    /** With other settings of servers than it was given. */
    static UnaryOperator<TlsEngine> servers(UnaryOperator<TlsServerSettings> change) {
        return sound -> new RelayEngine(sound) {
            @Override
            TlsServerSettings changed(TlsServerSettings settings) {
                return change.apply(settings);
            }
        };
    }

    /** With other settings of clients than it was given. */
    static UnaryOperator<TlsEngine> clients(UnaryOperator<TlsClientSettings> change) {
        return sound -> new RelayEngine(sound) {
            @Override
            TlsClientSettings changed(TlsClientSettings settings) {
                return change.apply(settings);
            }
        };
    }

    /** T2. */
    static final class Ignoring extends RelayEngine {

        Ignoring(TlsEngine sound) {
            super(sound);
        }

        @Override
        TlsServerSettings changed(TlsServerSettings settings) {
            return settings.withCipherSuites(List.of());
        }

        @Override
        TlsClientSettings changed(TlsClientSettings settings) {
            return settings.withCipherSuites(List.of());
        }
    }

    /** T26. */
    static final class Losing extends RelayEngine {

        Losing(TlsEngine sound) {
            super(new GivingEngine(sound));
        }

        @Override
        TlsSession open(Opening opening, CipherStream below) {
            return new BrokenSessions.LosingWhenDetached(opening, below);
        }
    }
}
