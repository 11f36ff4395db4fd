package org.pollux.reactor.runtime.tls;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.tls.TlsContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsSession;

/**
 * TLS on a connection that a server has accepted.
 *
 * <pre>
 *                 an engine is there            KEY, and the turn has used its operations
 *   WITHOUT SESSION ──────────────▶ SHAKING ◀──────────────────────────────────────────▶ HELD BACK
 *                                    │   │
 *                              DONE  │   └── failed: the alert is sent, and the connection ends
 *                                    ▼
 *                                  OPEN ── finish: close_notify, then the FIN
 * </pre>
 *
 * <p>While it is held back, or has no session, it wants to read nothing, so its peer waits in the kernel. For the loop's thread.
 */
public final class TlsStage extends SessionStage {

    private final TlsStages factory;

    /** Null when the handshake is over. */
    private @Nullable LoopHandshakes underWay;

    /** The stages below have shaken hands. */
    private boolean begun;

    /** Whose session it has; null while there is none. */
    private @Nullable TlsEngine engine;

    /** The next call uses the private key, and waits for its turn. */
    private boolean heldBack;

    TlsStage(StageContext context, Transport below, TlsStages factory, LoopHandshakes underWay) {
        super(context, below);
        this.factory = factory;
        this.underWay = underWay;
    }

    // ---- the handshake

    @Override
    protected boolean shake() throws IOException {
        begun = true;
        if (!hasSession()) {
            TlsStages.Opened opened = factory.opening.open(cipher);
            if (opened == null) {
                return false;
            }
            has(opened);
        }
        try {
            return shake(session());
        } catch (TlsException e) {
            if (leaveHandshakes()) {
                factory.counts.failed(e.reason());
            }
            throw e;
        }
    }

    private void has(TlsStages.Opened opened) {
        engine = opened.engine();
        session(opened.session());
    }

    private boolean shake(TlsSession session) throws IOException {
        while (true) {
            if (heldBack) {
                if (!mayUseKey()) {
                    return false;
                }
                heldBack = false;
            }
            switch (session.handshake()) {
                case DONE -> {
                    established(session.info());
                    return true;
                }
                case READ, WRITE -> {
                    return false;
                }
                case KEY -> {
                    heldBack = true;
                    if (!mayUseKey()) {
                        factory.counts.heldBack();
                        return false;
                    }
                    heldBack = false;
                }
            }
        }
    }

    private boolean mayUseKey() {
        return underWay == null
                || underWay.spend(context.turn(), factory.limits.get().keyOperations());
    }

    private void established(TlsInfo info) {
        if (leaveHandshakes()) {
            factory.counts.done(info);
        }
        context.established(info);
    }

    /** Whether the handshake was under way until now. */
    private boolean leaveHandshakes() {
        LoopHandshakes left = underWay;
        underWay = null;
        if (left == null) {
            return false;
        }
        left.remove(this);
        return true;
    }

    /** Whether only the peer, or the end of its time, can move the handshake on. */
    boolean waitsForPeer() {
        return !begun || (hasSession() && !heldBack);
    }

    /** Resets the connection in favour of others. */
    void giveUp() {
        context.connection().abort();
    }

    // ---- the engine

    /** Whose session it has; empty while it waits for an engine. */
    public Optional<TlsEngine> engine() {
        return Optional.ofNullable(engine);
    }

    /** An engine is there, or another one: a connection that waits for one goes on. */
    public void engineChanged() {
        if (!hasSession()) {
            context.proceed();
        }
    }

    /**
     * Gives the session, with all of its state, to the next version of its engine.
     *
     * @return false when that is not possible, and nothing has changed: during the handshake, for instance
     */
    public boolean moveTo(TlsEngine next) {
        TlsContext successor = factory.opening.successor(next); // first: what is detached cannot go back
        if (successor == null || underWay != null || !hasSession()) {
            return false;
        }
        OptionalLong detached = session().detach();
        if (detached.isPresent()) {
            has(new TlsStages.Opened(next, successor.adopt(detached.getAsLong(), cipher)));
            context.proceed();
        }
        return detached.isPresent();
    }

    // ---- what is wanted

    @Override
    public Interest wants(Interest asked) {
        boolean reads = asked.reads() && waitsForPeer();
        return super.wants(reads == asked.reads() ? asked : Interest.of(false, asked.writes()));
    }

    @Override
    public boolean hasMore() {
        return heldBack
                || (underWay == null && hasSession() && session().hasPlain())
                || (hasSession() && super.hasMore());
    }

    @Override
    public void free() {
        if (leaveHandshakes()) {
            factory.counts.leftUnfinished();
        }
        super.free();
        if (hasSession()) {
            factory.opening.ended();
        }
    }
}
