package org.pollux.http.client.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.pollux.http.client.Url;
import org.pollux.http.wire.Octets;

/** The scheme, host and port to which a connection leads. */
public record Origin(String scheme, String host, int port) {

    public static Origin of(Url url) {
        return new Origin(url.scheme(), url.host(), url.port());
    }

    /** The host as a certificate names it: without the interface, which has a meaning on this machine only. */
    public String address() {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    public boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Where to connect to. A name is unresolved: the reactor looks it up without blocking its loop. */
    public SocketAddress socketAddress() {
        boolean literal = host.indexOf(':') >= 0 || Octets.are(Octets.DIGIT, host.replace(".", ""));
        try {
            return literal
                    ? new InetSocketAddress(InetAddress.ofLiteral(host), port)
                    : InetSocketAddress.createUnresolved(host, port);
        } catch (IllegalArgumentException _) { // such as digits and dots, or an unknown interface
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    // a record's own methods would do the same, but each start of a downloader would have to make them with method
    // handles

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin that
                && port == that.port
                && host.equals(that.host)
                && scheme.equals(that.scheme);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
