package org.pollux.reactor.uring;

import java.lang.foreign.Arena;
import org.pollux.reactor.spi.base.StreamBytes;

/**
 * What all registrations of a poller share.
 *
 * @param operations begins and ends their operations
 * @param buffers what the kernel receives ahead
 * @param outbox what is sent by the next poll
 * @param bytes what is received and sent at once
 */
record Equipment(
        Registrations registrations, Operations operations, ReceiveBuffers buffers, Outbox outbox, StreamBytes bytes) {

    /** Takes its memory from the arena. */
    Equipment(Arena arena) {
        this(
                new Registrations(),
                new Operations(),
                new ReceiveBuffers(arena),
                new Outbox(arena),
                new StreamBytes(arena));
    }
}
