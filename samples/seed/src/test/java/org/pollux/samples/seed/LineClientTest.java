package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LineClientTest {

    @Test
    void sendsLinesAndPrintsThoseThatComeBack() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<String> received = new FutureTask<>(() -> response(server, "one\r\ntwo\n"));
            Thread.startVirtualThread(received);
            String port = Integer.toString(server.getLocalPort());
            List<String> lines = Console.of(LineClient::main, "127.0.0.1", port, "hello", "world");
            assertEquals("hello\nworld\n", received.get());
            assertEquals(List.of("connected", "line: one", "line: two", "end"), lines);
        }
    }

    /** What a client sends, to the end; it gets the response then. */
    private static String response(ServerSocket server, String text) throws Exception {
        try (Socket client = server.accept()) {
            byte[] request = client.getInputStream().readAllBytes();
            client.getOutputStream().write(text.getBytes(UTF_8));
            return new String(request, UTF_8);
        }
    }
}
