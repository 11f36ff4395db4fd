package org.pollux.reactor.server.tls;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.runtime.tls.TlsStage;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.tls.TlsEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encrypted connections of all loops, when their engine is removed or comes back.
 *
 * <pre>
 *                      its bundle stops                the next version has the same form
 *   with an engine ─────────────────────▶ without one ─────────────────────────────────────▶ with the next version
 *                                             │
 *                                             └── it has no form, or nobody comes: drained, as those of a removed protocol
 * </pre>
 *
 * <p>A session without its engine still works: its classes are loaded.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another engine of the same name
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final LoopGroup loops;

    Sessions(LoopGroup loops) {
        this.loops = loops;
    }

    /** Passes the sessions of the engine's earlier versions to it, and wakes connections that wait for an engine. */
    void follow(TlsEngine next, Predicate<TlsEngine> isOffered) {
        AtomicInteger moved = new AtomicInteger();
        forEach("pass to " + next.description(), (connection, stage) -> {
            stage.engineChanged();
            if (stage.engine()
                    .filter(engine -> engine != next
                            && !isOffered.test(engine)
                            && isOffered.test(next) // a loop that is held up asks later
                            && !engine.sessionForm().isEmpty()
                            && engine.sessionForm().equals(next.sessionForm()))
                    .isPresent()) {
                if (move(connection, stage, next)) {
                    moved.incrementAndGet();
                }
            }
        });
        if (moved.get() > 0) {
            LOG.info("{} has taken over {} connections of the version before", next.name(), moved);
        }
    }

    private static boolean move(StreamConnection connection, TlsStage stage, TlsEngine next) {
        try {
            return stage.moveTo(next);
        } catch (RuntimeException e) {
            LOG.error("{} cannot be passed to the next version of its engine, and ends", connection, e);
            connection.abort();
            return false;
        }
    }

    /** Tells the connections of an engine that the server wants them to end. */
    public void drain(TlsEngine gone) {
        forEachOf(gone, StreamConnection::shutdown);
    }

    /** Ends them. */
    public void abort(TlsEngine gone) {
        forEachOf(gone, StreamConnection::abort);
    }

    /** How many there are, by the description of their engine. */
    public Map<String, Integer> count() {
        Map<String, Integer> counts = new TreeMap<>();
        forEach(
                "count",
                (_, stage) -> stage.engine().ifPresent(engine -> {
                    synchronized (counts) {
                        counts.merge(engine.description(), 1, Integer::sum);
                    }
                }));
        return counts;
    }

    /** How many are of an engine. */
    public int count(TlsEngine engine) {
        AtomicInteger count = new AtomicInteger();
        forEachOf(engine, _ -> count.incrementAndGet());
        return count.get();
    }

    private void forEachOf(TlsEngine engine, Consumer<StreamConnection> action) {
        forEach("leave " + engine.description(), (connection, stage) -> {
            if (stage.engine().filter(its -> its == engine).isPresent()) {
                action.accept(connection);
            }
        });
    }

    /** Returns when all loops have done it; one that is held up does it later. */
    private void forEach(String what, BiConsumer<StreamConnection, TlsStage> action) {
        try {
            loops.await(loops.forEachConnection(connection -> connection.stages(stage -> {
                if (stage instanceof TlsStage tls) {
                    action.accept(connection, tls);
                }
            })));
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Encrypted connections {} later than they should. {}", what, e.getMessage());
        }
    }
}
