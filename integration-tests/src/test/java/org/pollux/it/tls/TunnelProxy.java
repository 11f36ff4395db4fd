package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that passes bytes on to where CONNECT wants them, on any host name to this machine. */
final class TunnelProxy implements AutoCloseable {

    /** The request lines that have come. */
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private final ServerSocket listener;

    TunnelProxy() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException _) {
                return; // the test has ended
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port(head(client.getInputStream())))) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException | InterruptedException _) {
            // one of the two has ended
        }
    }

    private String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the head has no end");
            }
            head.append((char) octet);
        }
        String line = head.substring(0, head.indexOf("\r\n"));
        asked.add(line);
        return line;
    }

    private static int port(String requestLine) {
        String target = requestLine.split(" ", -1)[1];
        return Integer.parseInt(target.substring(target.indexOf(':') + 1));
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException _) {
            // one of the two has ended
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
