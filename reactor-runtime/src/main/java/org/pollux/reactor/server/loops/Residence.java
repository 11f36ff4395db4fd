package org.pollux.reactor.server.loops;

import java.util.Optional;
import org.pollux.reactor.runtime.loop.Loop;

/** A socket that one loop polls, and another loop as well while the first is busy. */
public interface Residence {

    /** The loop that polls it as a rule. */
    Loop home();

    /**
     * Its loop is busy, or is so no longer: another one takes what comes meanwhile. On the watch's thread.
     *
     * @param other the loop that can do so; empty when the own one has returned, and when there is no other
     */
    void standIn(Optional<Loop> other);
}
