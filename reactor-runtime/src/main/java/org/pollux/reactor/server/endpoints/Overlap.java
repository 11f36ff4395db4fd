package org.pollux.reactor.server.endpoints;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Whether two endpoints are one to the system, however they are written: only one of them can be bound. */
final class Overlap {

    private Overlap() {}

    /** Whether two addresses of the same transport cannot be bound at the same time. */
    static boolean between(SocketAddress bound, SocketAddress wanted) {
        if (bound instanceof InetSocketAddress one && wanted instanceof InetSocketAddress other) {
            return one.getPort() == other.getPort()
                    && one.getPort() != 0
                    && (one.getAddress().isAnyLocalAddress() // the JDK's sockets serve both families
                            || other.getAddress().isAnyLocalAddress()
                            || same(one.getAddress(), other.getAddress()));
        }
        return bound instanceof UnixDomainSocketAddress one
                && wanted instanceof UnixDomainSocketAddress other
                && real(one.getPath()).equals(real(other.getPath()));
    }

    /** A link-local address is another one on each interface. */
    private static boolean same(InetAddress one, InetAddress other) {
        return one.equals(other)
                && (!(one instanceof Inet6Address first)
                        || !(other instanceof Inet6Address second)
                        || first.getScopeId() == second.getScopeId());
    }

    /** The folder's own path: two ways may lead to it. The file itself is not a link, or it would not have been bound. */
    private static Path real(Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null) {
            return absolute;
        }
        try {
            return folder.toRealPath().resolve(name);
        } catch (IOException _) {
            return absolute.normalize(); // a folder that is not there has no socket
        }
    }
}
