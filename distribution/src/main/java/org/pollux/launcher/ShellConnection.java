package org.pollux.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection to the shell of a running server. The class {@code ShellProtocol} of the module protocol-shell describes the
 * protocol. One thread writes and one reads. Any thread may close it; the other two then fail.
 */
final class ShellConnection implements AutoCloseable {

    private final SocketChannel server;
    private final InputStream in;

    private ShellConnection(SocketChannel server) {
        this.server = server;
        this.in = new BufferedInputStream(Channels.newInputStream(server));
    }

    /** No server listens there. */
    static final class NotRunningException extends IOException {

        NotRunningException(Home home, IOException cause) {
            super("no server responds at " + home.socket(), cause);
        }
    }

    static ShellConnection to(Home home) throws NotRunningException {
        try {
            return new ShellConnection(SocketChannel.open(UnixDomainSocketAddress.of(home.socket())));
        } catch (IOException e) {
            throw new NotRunningException(home, e);
        }
    }

    void send(String text) throws IOException {
        send(StandardCharsets.UTF_8.encode(text));
    }

    void send(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            server.write(data);
        }
    }

    /** Nothing more is sent. */
    void endOutput() throws IOException {
        server.shutdownOutput();
    }

    /**
     * Passes a response on, each byte as soon as it has arrived.
     *
     * @return the exit status at its end
     */
    int response(OutputStream out) throws IOException {
        return response(in, out);
    }

    static int response(InputStream in, OutputStream out) throws IOException {
        while (true) {
            int next = in.read();
            if (next < 0) {
                out.flush();
                throw new IOException("it ended before the command did");
            }
            if (next == 0) {
                next = in.read();
                if (next != 0) {
                    out.flush();
                    return status(next, in);
                }
            }
            out.write(next);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    /** Three digits and a line feed, of which the first digit was read. */
    private static int status(int first, InputStream in) throws IOException {
        byte[] rest = in.readNBytes(3);
        String text = (char) first + new String(rest, StandardCharsets.US_ASCII);
        if (!text.matches("[0-9]{3}\n")) {
            throw new IOException("it sent no exit status");
        }
        return Integer.parseInt(text, 0, 3, 10);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException _) {
            // it was unusable anyway
        }
    }
}
