package org.pollux.reactor.admin;

import java.net.SocketAddress;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** A stream connection at one moment. The values do not change. From any thread. */
@ProviderType
public interface ConnectionStatus {

    /** The states of a connection. Later versions may add states. */
    enum State {
        /** It connects, or a handshake is under way. */
        OPENING,
        /** Its handler is called. */
        OPEN,
        /** It is closed by this side: the last bytes are sent. */
        CLOSING
    }

    /** Its number, which no other connection of this process gets. */
    long id();

    State state();

    /** The name of the thread of its loop. */
    String loop();

    SocketAddress local();

    /** The client; behind a proxy, the client that the proxy has named. */
    SocketAddress remote();

    /** The symbolic name of the bundle that serves it, and the endpoint; empty for a connection that a handler opened. */
    String owner();

    /** The time since it was accepted, or since the connect began. */
    Duration age();

    /** The time since a byte was moved, or since the beginning when none was. */
    Duration idle();

    /** Bytes read, without those that TLS adds. */
    long bytesRead();

    /** Bytes written, without those that TLS adds. */
    long bytesWritten();

    /** Bytes of memory that are held for it: unsent, unread, and kept by its handler. */
    long held();
}
