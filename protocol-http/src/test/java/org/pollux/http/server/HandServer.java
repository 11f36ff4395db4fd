package org.pollux.http.server;

import java.time.Duration;
import java.util.Map;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.syntax.Status;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** A server on a reactor that is turned by hand. */
public final class HandServer implements TestedServer {

    public static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

    public final HandReactor reactor = new HandReactor();
    public final HandTime time = new HandTime();
    public final RouteRegistry routes = new RouteRegistry();
    private final WireChooser protocol;

    public HandServer() {
        this(HttpSettings.defaults());
    }

    public HandServer(HttpSettings settings) {
        protocol = new WireChooser(routes, settings, time, new LimitCounts(BlockingCalls::refused));
    }

    public static HttpSettings limits(int requestLine, int head) {
        HttpSettings defaults = HttpSettings.defaults();
        HeadLimits limits = new HeadLimits(requestLine, head, defaults.head().timeout());
        return new HttpSettings(limits, defaults.body(), defaults.connection(), defaults.server());
    }

    public HandServer with(String path, HttpHandler handler) {
        routes.add(handler, path);
        return this;
    }

    public HandServer with(Mount mount, HttpHandler handler) {
        routes.add(handler, mount);
        return this;
    }

    /** With a handler that responds with its own path. */
    public HandServer withText(String path) {
        return with(path, (request, response) -> response.send(path));
    }

    public Map<String, Long> limitsMet() {
        return protocol.limitsMet();
    }

    /** For connections of a reactor of the test's own. */
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public RouteRegistry routes() {
        return routes;
    }

    @Override
    public ClientEnd dial() {
        return new HandEnd(connect());
    }

    @Override
    public void settle() {
        reactor.settle();
    }

    @Override
    public void execute(Runnable task) {
        reactor.execute(task);
    }

    /** The clock of the reactor moves to its next timer. */
    @Override
    public void pass(Duration duration) {
        time.pass(duration);
        reactor.toNextTimer();
        reactor.settle();
    }

    public HandConnection connect() {
        return new HandConnection(reactor, protocol);
    }

    /** What a client gets that sends this on a new connection. */
    public String answer(String request) {
        HandConnection client = connect().receive(request);
        reactor.settle();
        return client.takeSent();
    }

    /** A response with status 200 and a text. */
    public static String ok(String body) {
        return ok("", body);
    }

    public static String ok(String fields, String body) {
        return "HTTP/1.1 200 OK\r\n" + DATE + "Content-Length: " + body.length() + "\r\n" + fields + "\r\n" + body;
    }

    /** A response of the server's own. */
    public static String own(int status, String fields) {
        String body = status + " " + Status.reason(status) + "\n";
        return "HTTP/1.1 " + status + " " + Status.reason(status) + "\r\n" + DATE + "Content-Type: text/plain\r\n"
                + "Content-Length: " + body.length() + "\r\n" + fields + "\r\n" + body;
    }

    /** The response after which the connection closes. */
    public static String refusal(int status) {
        return own(status, "Connection: close\r\n");
    }
}
