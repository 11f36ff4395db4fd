package org.pollux.reactor.tck.tls.broken;

import java.util.Set;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;

/** Forwards all calls to a sound engine; what a fault changes is a method here. */
class RelayEngine implements TlsEngine {

    final TlsEngine sound;

    RelayEngine(TlsEngine sound) {
        this.sound = sound;
    }

    // ---- for faults

    TlsServerSettings changed(TlsServerSettings settings) {
        return settings;
    }

    TlsClientSettings changed(TlsClientSettings settings) {
        return settings;
    }

    /** The opening of a session on a stream, of either side. */
    TlsSession open(Opening opening, CipherStream below) {
        return opening.open(below);
    }

    /** Opens a sound session. */
    @FunctionalInterface
    interface Opening {
        TlsSession open(CipherStream below);
    }

    // ---- TlsEngine

    @Override
    public String name() {
        return sound.name();
    }

    @Override
    public String description() {
        return sound.description();
    }

    @Override
    public Set<TlsFeature> features() {
        return sound.features();
    }

    @Override
    public String sessionForm() {
        return sound.sessionForm();
    }

    @Override
    public TlsServerContext server(TlsServerSettings settings) {
        return new RelayServerContext(sound.server(changed(settings)));
    }

    @Override
    public TlsClientContext client(TlsClientSettings settings) {
        TlsClientContext context = sound.client(changed(settings));
        return new TlsClientContext() {
            @Override
            public TlsSession open(CipherStream below, String host, int port) {
                return RelayEngine.this.open(stream -> context.open(stream, host, port), below);
            }

            @Override
            public TlsSession adopt(long detached, CipherStream below) {
                return context.adopt(detached, below);
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    /** Forwards all calls to a sound context of a server. */
    class RelayServerContext implements TlsServerContext {

        private final TlsServerContext context;

        RelayServerContext(TlsServerContext context) {
            this.context = context;
        }

        @Override
        public TlsSession open(CipherStream below) {
            return RelayEngine.this.open(context::open, below);
        }

        @Override
        public void update(TlsServerSettings next) {
            context.update(changed(next));
        }

        @Override
        public TlsSession adopt(long detached, CipherStream below) {
            return context.adopt(detached, below);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
