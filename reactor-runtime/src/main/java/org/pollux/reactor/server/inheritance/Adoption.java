package org.pollux.reactor.server.inheritance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.pollux.reactor.spi.base.JdkChannels;

/**
 * Makes a channel of the JDK from a bound socket, without a private constructor: a channel of the same family is bound to any
 * address, and then its number is made to stand for the inherited socket.
 *
 * <p>The order matters. A channel that is not bound throws on accept. One that was set non-blocking before would be taken to be so,
 * although the inherited socket may block. One that a poller watches already would never be ready. {@code getLocalAddress} of such
 * a channel is that of the socket that was replaced; {@link InheritedSocket#local} is the right one.
 */
public final class Adoption {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Adoption() {}

    /**
     * A channel that listens on an inherited socket, and does not block.
     *
     * @param folder for the file of a moment; only the owner may use the folder
     */
    public static ServerSocketChannel listener(InheritedSocket socket, Path folder) throws IOException {
        return adopt(socket, ServerSocketChannel.open(socket.family()), channel -> {
            if (socket.family() != StandardProtocolFamily.UNIX) {
                channel.bind(anyPort());
                return;
            }
            Path file = folder.resolve(".adopt-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet());
            Files.deleteIfExists(file);
            channel.bind(UnixDomainSocketAddress.of(file));
            Files.delete(file);
        });
    }

    /** A channel of UDP on an inherited socket, which does not block. */
    public static DatagramChannel datagrams(InheritedSocket socket) throws IOException {
        return adopt(socket, DatagramChannel.open(socket.family()), channel -> channel.bind(anyPort()));
    }

    private interface Bind<C> {
        void bind(C channel) throws IOException;
    }

    private static InetSocketAddress anyPort() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    private static <C extends SelectableChannel> C adopt(InheritedSocket socket, C channel, Bind<C> anywhere)
            throws IOException {
        try {
            anywhere.bind(channel);
            Descriptors.replace(JdkChannels.descriptor(channel), socket.descriptor());
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            if (!socket.lasts()) {
                Descriptors.close(socket.descriptor());
            }
        }
    }
}
