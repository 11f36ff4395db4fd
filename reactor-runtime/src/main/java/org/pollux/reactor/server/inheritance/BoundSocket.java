package org.pollux.reactor.server.inheritance;

import java.nio.channels.SelectableChannel;

/**
 * A socket of this server, for a process that takes over from it.
 *
 * @param endpoint as the configuration writes it; empty for one of systemd's
 * @param service that is served there
 * @param descriptor which stays this server's
 * @param lasts as for an {@link InheritedSocket}
 */
public record BoundSocket(String endpoint, String service, int descriptor, boolean lasts) {

    /** The socket of a channel. */
    public static BoundSocket of(String endpoint, String service, SelectableChannel channel) {
        return new BoundSocket(endpoint, service, Inheritance.descriptor(channel), false);
    }

    /** One that has come from systemd. */
    public static BoundSocket of(InheritedSocket socket) {
        return new BoundSocket("", "", socket.descriptor(), true);
    }
}
