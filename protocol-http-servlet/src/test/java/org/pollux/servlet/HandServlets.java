package org.pollux.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;
import org.pollux.servlet.sessions.ClassHome;
import org.pollux.servlet.sessions.SessionSettings;
import org.pollux.servlet.sessions.Sessions;

/** A servlet behind the real HTTP server, on a connection without a socket. */
final class HandServlets implements AutoCloseable {

    @FunctionalInterface
    interface Service {
        void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    final AtomicLong time = new AtomicLong(1_000_000);
    final Sessions sessions;
    private final HandReactor reactor = new HandReactor();
    private final ServletContainer container;
    private final HttpProtocol protocol;
    private final HandConnection client;

    HandServlets(Service service) throws ServletException {
        this(ServletSettings.defaults(), SessionSettings.defaults(), service);
    }

    HandServlets(ServletSettings settings, SessionSettings of, Service service) throws ServletException {
        sessions = new Sessions(of, () -> Instant.ofEpochMilli(time.get()), ClassHome.PLAIN);
        HttpServlet servlet = new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                service.service(request, response);
            }
        };
        container = new ServletContainer(servlet, settings, sessions);
        Routes routes = new Routes();
        routes.add(container, Mount.at(settings.contextPath() + "/*").methods("*"));
        protocol = new HttpProtocol(routes, HttpSettings.defaults());
        client = new HandConnection(reactor, protocol);
        reactor.settle();
    }

    /** The response to a GET, with its head. */
    String get(String target, String... fields) {
        return ask("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "\r\n");
    }

    String post(String type, String body) {
        return ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(ISO_8859_1).length + "\r\n\r\n" + body);
    }

    /** The same on another connection. */
    String getElsewhere(String target) {
        HandConnection other = new HandConnection(reactor, protocol);
        reactor.settle();
        other.receive("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        reactor.turnUntil("a response", () -> isComplete(other.sent(), "\r\n\r\n"));
        return other.takeSent();
    }

    private static String lines(String... fields) {
        return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    String ask(String request) {
        send(request);
        return await("\r\n\r\n");
    }

    void send(String text) {
        client.receive(text);
        reactor.settle();
    }

    /** What the server has sent, as soon as it is a response that has that, and nothing more comes at once. */
    String await(String part) {
        reactor.turnUntil("'" + part + "' after " + client.sent(), () -> isComplete(client.sent(), part));
        reactor.settle();
        return client.takeSent();
    }

    private static boolean isComplete(String sent, String part) {
        int head = sent.indexOf("\r\n\r\n");
        if (head < 0 || !sent.contains(part)) {
            return false;
        }
        int length = sent.indexOf("Content-Length: ");
        boolean isShort = length >= 0 && length < head;
        int body = isShort ? Integer.parseInt(sent.substring(length + 16, sent.indexOf('\r', length))) : 0;
        boolean isChunked = sent.contains("Transfer-Encoding: chunked");
        return isChunked ? !part.equals("\r\n\r\n") || sent.contains("\r\n0\r\n") : sent.length() >= head + 4 + body;
    }

    static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    ServletContainer container() {
        return container;
    }

    HandConnection client() {
        return client;
    }

    HandReactor reactor() {
        return reactor;
    }

    @Override
    public void close() {
        reactor.close();
        container.close();
    }
}
