package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.tls.TlsInfo;

/** The connection as its stages see it. For the loop's thread, but for {@link #proceed}. */
public interface StageContext {

    /** For its addresses, its reactor and its attributes; a stage neither writes to it nor ends it. */
    Connection connection();

    /**
     * Stops reading for the stages' reason, beside that of the handler and the runtime: bytes are read while none has
     * one. One reason for all stages of a connection.
     */
    void pauseReading();

    void resumeReading();

    /**
     * Something has changed that the socket does not report, such as the end of work on another thread: the connection
     * continues with the handshake, looks at what waits, and asks again what is wanted. In a later task; from any thread.
     */
    void proceed();

    /** The number of the loop's present turn. */
    long turn();

    /** Tells what TLS has negotiated: {@link Connection#tls} shows it. */
    void established(TlsInfo info);

    /** Tells whose connection a proxy passes on: from now on, the connection has these addresses. */
    void relayed(ProxyInfo info, SocketAddress remote, SocketAddress local);

    /**
     * Reads a part of a file and writes it to a stage, in pieces, until the stage takes no more.
     *
     * @return bytes that the stage has taken
     */
    long copy(FileChannel file, long position, long count, Transport to) throws IOException;
}
