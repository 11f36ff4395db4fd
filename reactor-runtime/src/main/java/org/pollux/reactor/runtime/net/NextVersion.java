package org.pollux.reactor.runtime.net;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Protocol;

/**
 * The next version of a protocol that was removed: it adopts the connections that came one way, once it is there. It keeps texts of
 * the old version's faults, and none of its objects. From any thread.
 */
public final class NextVersion {

    private final ConnectionTally waiting;
    private final AtomicLong adopted;
    private volatile @Nullable Present present;
    private volatile boolean over;
    private volatile @Nullable String problem;

    /**
     * The version that is there.
     *
     * @param group of the connections that it adopts
     */
    record Present(Protocol protocol, ConnectionTally group) {}

    /**
     * Nobody is there yet.
     *
     * @param waiting the group of the connections that wait
     * @param adopted counts those that were adopted
     */
    public NextVersion(ConnectionTally waiting, AtomicLong adopted) {
        this.waiting = waiting;
        this.adopted = adopted;
    }

    /** It is there. */
    public void came(Protocol protocol, ConnectionTally group) {
        present = new Present(protocol, group);
    }

    public boolean isPresent() {
        return present != null;
    }

    /** No connection begins to wait any more. */
    public void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** The group of the connections that wait. */
    public ConnectionTally waiting() {
        return waiting;
    }

    @Nullable
    Present present() {
        return present;
    }

    void adopted() {
        adopted.incrementAndGet();
    }

    void problem(String why) {
        problem = why;
    }

    /** Why a connection was not adopted, if one was not. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
