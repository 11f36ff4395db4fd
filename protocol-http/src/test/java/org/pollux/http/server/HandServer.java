package org.pollux.http.server;

import java.net.InetSocketAddress;
import java.util.Map;
import org.pollux.http.HttpHandler;

/** A server on a reactor that is turned by hand. */
final class HandServer {

    static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

    final HandReactor reactor = new HandReactor();
    final HandTime time = new HandTime();
    final Routes routes = new Routes();
    private final HttpProtocol protocol;

    HandServer() {
        this(HttpSettings.defaults());
    }

    HandServer(HttpSettings settings) {
        protocol = new HttpProtocol(routes, settings, time, new LimitCounts());
    }

    static HttpSettings limits(int requestLine, int head) {
        HttpSettings defaults = HttpSettings.defaults();
        HeadLimits limits = new HeadLimits(requestLine, head, defaults.head().timeout());
        return new HttpSettings(limits, defaults.body(), defaults.connection(), defaults.server());
    }

    HandServer with(String path, HttpHandler handler) {
        routes.add(handler, path);
        return this;
    }

    HandServer with(Mount mount, HttpHandler handler) {
        routes.add(handler, mount);
        return this;
    }

    /** With a handler that answers with its own path. */
    HandServer withText(String path) {
        return with(path, (request, response) -> response.send(path));
    }

    Map<String, Long> limitsMet() {
        return protocol.limitsMet();
    }

    HandConnection connect() {
        return new HandConnection(reactor, protocol);
    }

    HandConnection connect(String address) {
        return new HandConnection(reactor, protocol, new InetSocketAddress(address, 40000));
    }

    /** What a client gets that sends this on a new connection. */
    String answer(String request) {
        HandConnection client = connect().receive(request);
        reactor.turn();
        return client.takeSent();
    }

    /** An answer with status 200 and a text. */
    static String ok(String body) {
        return ok("", body);
    }

    static String ok(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + DATE + "Content-Length: " + body.length() + "\r\n" + fields + "\r\n" + body;
    }

    /** An answer of the server's own. */
    static String own(int status, String fields) {
        String body = status + " " + Status.reason(status) + "\n";
        return "HTTP/1.1 " + status + " " + Status.reason(status) + "\r\n" + DATE + "Content-Type: text/plain\r\n"
                + "Content-Length: " + body.length() + "\r\n" + fields + "\r\n" + body;
    }

    /** The answer after which the connection closes. */
    static String refusal(int status) {
        return own(status, "Connection: close\r\n");
    }
}
