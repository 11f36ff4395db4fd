package org.pollux.samples.seed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.pollux.reactor.testkit.Bytes;

/** A server of files: {@code /1000} has a thousand bytes, like no other's. It is the JDK's, to be sure of what it sends. */
final class Site implements AutoCloseable {

    private final HttpServer server;

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Site::response);
        server.start();
    }

    private static void response(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] content = content(exchange.getRequestURI());
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static byte[] content(URI url) {
        return Bytes.random(Integer.parseInt(url.getPath().substring(1)));
    }

    /** Files of all sizes, from none to more than a socket takes at once. */
    List<URI> urls(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> url(i % 50 == 49 ? i * 10_000 : i * 37))
                .toList();
    }

    URI url(int size) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + size);
    }

    /** Where nobody listens. */
    static InetSocketAddress addressOfNobody() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) gone.getLocalSocketAddress();
        }
    }

    static URI urlOfNobody() throws IOException {
        return URI.create("http://127.0.0.1:" + addressOfNobody().getPort() + "/gone");
    }

    /** Whether a response is a well-formed one with all the bytes of the file. */
    static boolean isWhole(URI url, ByteBuffer response) {
        String text = StandardCharsets.ISO_8859_1.decode(response.duplicate()).toString();
        int body = text.indexOf("\r\n\r\n") + 4;
        return text.startsWith("HTTP/1.1 200 ")
                && ByteBuffer.wrap(content(url)).equals(response.slice().position(body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
