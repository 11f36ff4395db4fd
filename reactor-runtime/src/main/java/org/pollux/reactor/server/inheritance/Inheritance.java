package org.pollux.reactor.server.inheritance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.spi.base.JdkChannels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound sockets that wait for the endpoint that wants them. An endpoint with a port takes the socket of its address, however
 * the other process names it. One with port 0 takes that of the same service.
 *
 * <p>From any thread.
 */
public final class Inheritance {

    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);

    /** The first descriptor that systemd passes: {@code SD_LISTEN_FDS_START}. */
    private static final int FIRST = 3;

    /** More than any unit has. */
    static final int MOST = 256;

    private final List<InheritedSocket> sockets = new ArrayList<>();

    /** Whether this JVM can take over a socket: on Linux, with access to C functions and to the descriptors of channels. */
    public static boolean isPossible() {
        try {
            JdkChannels.requireAccess();
            return System.getProperty("os.name").equals("Linux");
        } catch (UnsupportedOperationException _) {
            return false;
        }
    }

    /**
     * The sockets that systemd has passed to this process ({@code sd_listen_fds(3)}), if any. They stay open whatever becomes of
     * their endpoints.
     *
     * @param environment of the process
     * @param pid of the process: descriptors that are meant for another one are left alone
     */
    public static Inheritance fromSystemd(Map<String, String> environment, long pid) {
        return fromSystemd(environment, pid, FIRST);
    }

    static Inheritance fromSystemd(Map<String, String> environment, long pid, int first) {
        Inheritance passed = new Inheritance();
        String count = environment.getOrDefault("LISTEN_FDS", "");
        boolean ours = environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid));
        if (!ours || count.isEmpty()) {
            return passed;
        }
        if (!isPossible()) {
            LOG.warn(
                    "The {} sockets of systemd are not used: Pollux takes sockets over on Linux only, with"
                            + " --enable-native-access and --add-exports java.base/sun.nio.ch",
                    count);
            return passed;
        }
        int end = first + taken(count);
        for (int descriptor = first; descriptor < end; descriptor++) {
            int number = descriptor;
            InheritedSocket.of(descriptor, "", "", true)
                    .ifPresentOrElse(
                            passed::add,
                            () -> LOG.warn(
                                    "Descriptor {} of systemd is neither a listening stream socket nor one of UDP, and is"
                                            + " not used: correct the .socket unit",
                                    number));
        }
        return passed;
    }

    /** How many descriptors are taken of those that systemd counts. */
    private static int taken(String count) {
        if (!count.matches("[0-9]{1,9}")) {
            LOG.warn("No socket of systemd is used: LISTEN_FDS is '{}', which is not a number of sockets", count);
            return 0;
        }
        int passed = Integer.parseInt(count);
        if (passed > MOST) {
            LOG.warn(
                    "systemd passes {} sockets, and Pollux takes the first {}. The endpoints of the others cannot be bound,"
                            + " because systemd has their addresses: use fewer lines in the .socket unit",
                    passed,
                    MOST);
        }
        return Math.min(passed, MOST);
    }

    /** The descriptor of a channel, which stays the channel's. */
    public static int descriptor(SelectableChannel channel) {
        return JdkChannels.descriptor(channel);
    }

    /** Adds one to those that wait. */
    public synchronized void add(InheritedSocket socket) {
        sockets.add(socket);
    }

    /** Adds all that wait elsewhere. */
    public void addAll(Inheritance other) {
        other.waiting().forEach(this::add);
    }

    /** Those that no endpoint has taken, and those that last. */
    public synchronized List<InheritedSocket> waiting() {
        return List.copyOf(sockets);
    }

    /**
     * The socket for an endpoint, if there is one. The caller owns its descriptor, unless it lasts.
     *
     * @param resolved the endpoint's address for the system
     */
    public synchronized Optional<InheritedSocket> take(EndpointAddress wanted, SocketAddress resolved, String service) {
        Optional<InheritedSocket> found = sockets.stream()
                .filter(socket -> wanted.isAnyPort()
                        ? socket.endpoint().equals(wanted.toString())
                                && socket.service().equals(service)
                        : socket.datagrams() == needsDatagrams(wanted) && isSame(socket.local(), resolved))
                .findFirst();
        found.filter(socket -> !socket.lasts()).ifPresent(sockets::remove);
        return found;
    }

    private static boolean needsDatagrams(EndpointAddress address) {
        return address instanceof EndpointAddress.Internet internet && internet.datagrams();
    }

    /** The JDK binds the wildcard of IPv4 as that of IPv6. */
    private static boolean isSame(SocketAddress local, SocketAddress wanted) {
        return local.equals(wanted)
                || (local instanceof InetSocketAddress one
                        && wanted instanceof InetSocketAddress other
                        && one.getPort() == other.getPort()
                        && isWildcard(one.getAddress())
                        && isWildcard(other.getAddress()));
    }

    private static boolean isWildcard(InetAddress address) {
        return address.isAnyLocalAddress();
    }

    /** Closes those that no endpoint wants; those that last stay. */
    public synchronized void closeRest() {
        sockets.removeIf(socket -> {
            if (!socket.lasts()) {
                LOG.info(
                        "{} of {}, which the server before had, is wanted by no endpoint, and is closed",
                        socket.local(),
                        socket.service());
                Descriptors.close(socket.descriptor());
            }
            return !socket.lasts();
        });
    }
}
