package org.pollux.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A peer in the test's own thread. */
final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader in;

    Client(int port) throws IOException {
        try {
            socket.setSoTimeout((int) Pollux.PATIENCE.toMillis());
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) Pollux.PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a line and returns the one that comes. */
    String ask(String line) throws IOException {
        send(line + "\n");
        return String.valueOf(in.readLine());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** What comes back for some bytes, which are sent on a thread of its own. */
    byte[] echo(byte[] data) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(data);
            } catch (IOException _) {
                // the reader misses bytes then
            }
        });
        return socket.getInputStream().readNBytes(data.length);
    }

    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** The status code and the body of a GET on a connection of its own. */
    static String get(int port, String path) throws IOException {
        try (var client = new Client(port)) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var response = client.in.readAllAsString();
            return response.substring(9, 12) + " " + response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }

    /** A GET whose connection stays, unless the response says otherwise: the response's head, and its body as the last line. */
    String get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var response = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            response.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        for (int i = 0; i < length; i++) {
            response.append((char) in.read());
        }
        return response.toString();
    }

    /** {@link #get}, on a thread of its own. */
    static Future<String> asksFor(int port, String path) {
        var response = new FutureTask<>(() -> get(port, path));
        Thread.ofVirtual().start(response);
        return response;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
