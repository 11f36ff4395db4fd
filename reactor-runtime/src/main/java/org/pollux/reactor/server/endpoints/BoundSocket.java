package org.pollux.reactor.server.endpoints;

import java.util.Optional;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.inheritance.InheritedSocket;

/**
 * A socket of this server, for a process that takes over from it.
 *
 * @param endpoint as the configuration writes it; empty for one of systemd's
 * @param service that is served there
 * @param descriptor which stays this server's
 * @param lasts as for an {@link InheritedSocket}
 */
public record BoundSocket(String endpoint, String service, int descriptor, boolean lasts) {

    static Optional<BoundSocket> of(Binding binding) {
        return binding.socket()
                .channel()
                .map(channel -> new BoundSocket(
                        binding.key().address().toString(), binding.name(), Inheritance.descriptor(channel), false));
    }

    static BoundSocket of(InheritedSocket socket) {
        return new BoundSocket("", "", socket.descriptor(), true);
    }
}
