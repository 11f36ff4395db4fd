package org.pollux.http.client.exchange;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.ClientSettings;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Url;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsClientContext;

/** What the calls and connections of one client share: its reactor, its settings, and buffers for the time of a callback. */
public final class ClientLoop {

    private static final int INFLATED = 32 * 1024;

    /** The most bytes that small chunks can leave of one read of the reactor. */
    private static final int GATHERED = 32 * 1024;

    private final Reactor reactor;
    private final ClientSettings settings;
    private final Supplier<TlsClientContext> tls;
    private @Nullable ByteBuffer inflated;
    private @Nullable ByteBuffer gathered;
    private final Set<Call> calls = new LinkedHashSet<>();
    private boolean closed;

    /** @param tls the context for https; an {@link IllegalStateException} says why there is none */
    public ClientLoop(Reactor reactor, ClientSettings settings, Supplier<TlsClientContext> tls) {
        this.reactor = reactor;
        this.settings = settings;
        this.tls = tls;
    }

    public Reactor reactor() {
        return reactor;
    }

    public ClientSettings settings() {
        return settings;
    }

    /**
     * The context for https.
     *
     * @throws IllegalStateException when there is none
     */
    public TlsClientContext tls() {
        return tls.get();
    }

    /** Where a connection for that URL leads. */
    public Route route(Url url) {
        Origin origin = Origin.of(url);
        boolean spokenToServer = origin.isEncrypted() || settings.versions() == HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
        return new Route(origin, settings.proxies().forUrl(url), spokenToServer);
    }

    // ---- where it runs

    /**
     * Runs the action now on the reactor's thread, otherwise later on that thread; not at all when the reactor is closed.
     */
    public void onLoop(Runnable action) {
        if (reactor.inLoop()) {
            action.run();
        } else {
            later(action);
        }
    }

    /** Runs the action after the current callback, from any thread; not at all when the reactor is closed. */
    public void later(Runnable action) {
        try {
            reactor.execute(action);
        } catch (RejectedExecutionException _) {
            // all exchanges have ended with the reactor
        }
    }

    /** Runs the action after everything that has come so far was read. */
    public void afterNextPoll(Runnable action) {
        later(() -> later(action)); // the first runs before the poll, the second after it
    }

    // ---- its calls

    /** A call begins. */
    public void begun(Call call) {
        calls.add(call);
    }

    void ended(Call call) {
        calls.remove(call);
    }

    /** The calls that are not over, as a copy. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public boolean isClosed() {
        return closed;
    }

    public void close() {
        closed = true;
    }

    // ---- buffers

    /** The buffer in which small chunks are gathered during a callback; empty outside one. */
    public ByteBuffer gathered() {
        ByteBuffer buffer = gathered;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(GATHERED);
            gathered = buffer;
        }
        return buffer;
    }

    /** The buffer into which gzip is decoded during a callback. */
    ByteBuffer inflated() {
        ByteBuffer buffer = inflated;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(INFLATED);
            inflated = buffer;
        }
        return buffer;
    }
}
