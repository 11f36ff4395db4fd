package org.pollux.benchmarks.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** The server that comes with the JDK, which calls its handlers on its one thread. */
final class JdkServer {

    private JdkServer() {}

    /** Argument: the port. */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 4096);
        server.createContext(Answers.PLAINTEXT, always(Answers.TEXT, Answers::hello));
        server.createContext(Answers.JSON, always(Answers.OBJECT, Answers::json));
        server.createContext(Answers.MEBIBYTE, always(Answers.OCTETS, Answers::mebibyte));
        server.createContext(Answers.UPLOAD, JdkServer::count);
        server.start();
    }

    private static HttpHandler always(String type, Supplier<byte[]> body) {
        return exchange -> answer(exchange, type, body.get());
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Server", "JDK");
        if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
            exchange.getResponseHeaders().set("Connection", "close"); // it closes, and would not say so
        }
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void count(HttpExchange exchange) throws IOException {
        byte[] piece = new byte[64 * 1024];
        long received = 0;
        try (InputStream in = exchange.getRequestBody()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                received += count;
            }
        }
        answer(exchange, Answers.TEXT, Answers.count(received));
    }
}
