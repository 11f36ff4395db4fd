package org.pollux.reactor.server.inheritance;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Optional;

/**
 * A socket that another process has bound.
 *
 * @param descriptor to be closed by its owner, which is the {@link Inheritance} until the socket is taken
 * @param datagrams whether it is UDP's; otherwise it listens
 * @param local where it is bound
 * @param endpoint as the configuration of the other server writes it; empty for one of systemd's
 * @param service that the other server served there; empty for one of systemd's
 * @param lasts whether the descriptor stays open when an endpoint takes the socket. systemd holds the address in any case, so an
 *     endpoint that is closed could not be bound again without it
 */
public record InheritedSocket(
        int descriptor,
        StandardProtocolFamily family,
        boolean datagrams,
        SocketAddress local,
        String endpoint,
        String service,
        boolean lasts) {

    /** Looks at a descriptor; empty when no endpoint can have such a socket. The descriptor stays open. */
    public static Optional<InheritedSocket> of(int descriptor, String endpoint, String service, boolean lasts) {
        try {
            StandardProtocolFamily family = family(Descriptors.domain(descriptor));
            int type = Descriptors.type(descriptor);
            boolean listens = type == Descriptors.SOCK_STREAM && Descriptors.listens(descriptor);
            boolean datagrams = type == Descriptors.SOCK_DGRAM && family != StandardProtocolFamily.UNIX;
            return listens || datagrams
                    ? Descriptors.local(descriptor)
                            .map(local ->
                                    new InheritedSocket(descriptor, family, datagrams, local, endpoint, service, lasts))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // it is not a socket, or is not open
        }
    }

    private static StandardProtocolFamily family(int domain) throws IOException {
        return switch (domain) {
            case Descriptors.AF_INET -> StandardProtocolFamily.INET;
            case Descriptors.AF_INET6 -> StandardProtocolFamily.INET6;
            case Descriptors.AF_UNIX -> StandardProtocolFamily.UNIX;
            default -> throw new IOException("address family " + domain);
        };
    }
}
