package org.pollux.reactor.server.offer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a protocol is to be reached, as configuration writes it. */
public sealed interface EndpointAddress {

    /** The permissions of a Unix-domain socket that asks for none: its owner's alone. */
    int OWNER_ONLY = 0600;

    /**
     * Reads an endpoint such as {@code tcp://[::1]:7007}.
     *
     * @throws IllegalArgumentException with the value, the fault and the remedy
     */
    static EndpointAddress parse(String text) {
        return EndpointParser.parse(text);
    }

    /** The address for the system; looking up a host name may block. */
    SocketAddress resolve(Path home) throws IOException;

    /** Whether TLS encrypts its connections. */
    default boolean isTls() {
        return false;
    }

    /** Whether every service that requests the address gets its own. */
    default boolean isAnyPort() {
        return false;
    }

    /**
     * A host and a port.
     *
     * @param scheme says what carries it, and which options there are
     * @param host a name, or an address without brackets
     * @param options by key; the scheme knows each
     */
    record Internet(EndpointScheme scheme, String host, int port, Map<String, String> options)
            implements EndpointAddress {

        public boolean datagrams() {
            return scheme.datagrams();
        }

        @Override
        public boolean isTls() {
            return scheme.isTls();
        }

        /** How its connections are encrypted; empty when they are not. */
        public Optional<TlsOptions> tls() {
            return scheme.isTls() ? Optional.of(TlsOptions.of(options)) : Optional.empty();
        }

        /** The networks of its proxies: connections from there begin with a header of the PROXY protocol. */
        public List<Network> proxies() {
            String networks = options.get(EndpointScheme.PROXY);
            return networks == null ? List.of() : Network.list(networks);
        }

        @Override
        public SocketAddress resolve(Path home) throws IOException {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        }

        @Override
        public boolean isAnyPort() {
            return port == 0;
        }

        @Override
        public String toString() {
            String query = new TreeMap<>(options)
                    .entrySet().stream()
                            .map(option -> option.getKey() + "=" + option.getValue())
                            .collect(Collectors.joining("&", "?", ""));
            return scheme.name() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port
                    + (options.isEmpty() ? "" : query);
        }
    }

    /**
     * A Unix-domain socket.
     *
     * @param path absolute, or relative to the server's home
     * @param mode nine bits, as chmod knows them
     * @param proxied whether each connection begins with a header of the PROXY protocol
     */
    record Unix(String path, int mode, boolean proxied) implements EndpointAddress {

        @Override
        public SocketAddress resolve(Path home) {
            Path file = home.resolve(path);
            return UnixDomainSocketAddress.of(
                    path.contains("..") ? file : file.normalize()); // ".." of a link is the system's affair
        }

        public Set<PosixFilePermission> permissions() {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
            for (int i = 0; i < fromOwnerRead.length; i++) {
                if ((mode & 0400 >> i) != 0) {
                    permissions.add(fromOwnerRead[i]);
                }
            }
            return permissions;
        }

        @Override
        public String toString() {
            String options = Stream.of(
                            mode == OWNER_ONLY ? "" : "mode=" + Integer.toOctalString(mode),
                            proxied ? "proxy=unix" : "")
                    .filter(option -> !option.isEmpty())
                    .collect(Collectors.joining("&"));
            return "unix:" + path + (options.isEmpty() ? "" : "?" + options);
        }
    }
}
