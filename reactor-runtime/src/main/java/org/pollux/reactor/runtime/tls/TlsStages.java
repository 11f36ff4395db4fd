package org.pollux.reactor.runtime.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsSession;

/** Puts TLS into the connections of a server: of the engine of the moment, within the limits of the moment. From the thread of any loop. */
public final class TlsStages implements StageFactory {

    /** A session, and the engine that it is of. */
    public record Opened(TlsEngine engine, TlsSession session) {}

    /** Opens sessions. From the thread of any loop. */
    public interface Opening {

        /**
         * Opens a session.
         *
         * @return null while there is no engine: the connection waits, and {@link TlsStage#engineChanged} asks again
         */
        @Nullable
        Opened open(CipherStream below);

        /**
         * The context with which an engine continues sessions of its version before, whether or not the engine opens new ones.
         *
         * @return null when it has none, or was removed meanwhile: the session stays with the engine that it has
         */
        @Nullable
        TlsContext successor(TlsEngine engine);

        /** A session that was opened or adopted has ended. */
        void ended();
    }

    final Opening opening;
    final Supplier<HandshakeLimits> limits;
    final TlsCounts counts;

    public TlsStages(Opening opening, Supplier<HandshakeLimits> limits, TlsCounts counts) {
        this.opening = opening;
        this.limits = limits;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "TLS";
    }

    @Override
    public Duration handshakeTimeout() {
        return limits.get().timeout();
    }

    @Override
    public Stage open(StageContext context, Transport below) throws IOException {
        LoopHandshakes others = context.connection().reactor().local(LoopHandshakes.KEY, _ -> new LoopHandshakes());
        if (others.size() >= limits.get().unfinished()) {
            makeRoom(others, context.connection());
        }
        TlsStage stage = new TlsStage(context, below, this, others);
        others.add(stage);
        counts.began();
        return stage;
    }

    private void makeRoom(LoopHandshakes others, Connection newest) throws IOException {
        counts.crowdedOut();
        Optional<TlsStage> oldest = others.oldestAtFault();
        if (oldest.isEmpty()) {
            throw new IOException("The loop of " + newest + " has " + others.size()
                    + " TLS handshakes under way, and none waits for its peer; see unfinishedHandshakes of pollux.tls");
        }
        oldest.get().giveUp();
    }
}
