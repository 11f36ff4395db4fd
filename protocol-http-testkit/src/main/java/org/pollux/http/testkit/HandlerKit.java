package org.pollux.http.testkit;

import java.time.Duration;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.testkit.HandReactor;

/**
 * An HTTP server in memory, for tests of handlers and filters.
 *
 * <pre>{@code
 * HandlerKit kit = new HandlerKit();
 * kit.routes().add(new Hello(), "/hello/{name}");
 *
 * Reply reply = kit.get("/hello/ada").send();
 * assertEquals(200, reply.status());
 * assertEquals("Hello, ada!", reply.text());
 * }</pre>
 *
 * <p>The thread that makes it is the thread of its reactor. A handler that blocks has threads of its own, as in the server:
 * {@link Call#send} waits for it. Annotations of handlers are read by OSGi only: say in the test which paths and methods a
 * handler has, and whether it blocks.
 */
public final class HandlerKit {

    private final HandReactor reactor = new HandReactor();
    private final Routes routes = new Routes();
    private final HttpProtocol protocol;

    /** A server without a handler, with the default limits. */
    public HandlerKit() {
        this(HttpSettings.defaults());
    }

    /** A server without a handler. */
    public HandlerKit(HttpSettings settings) {
        protocol = new HttpProtocol(routes, settings);
    }

    /** Where handlers, filters and error pages are added. */
    public Routes routes() {
        return routes;
    }

    /** A GET request. */
    public Call get(String target) {
        return call("GET", target);
    }

    /** A POST request. */
    public Call post(String target) {
        return call("POST", target);
    }

    /**
     * A request.
     *
     * @param target encoded, as a client sends it: {@code "/a%20b?c=d"}
     */
    public Call call(String method, String target) {
        return new Call(this, method, target);
    }

    /** Time passes: the timers of the reactor that become due are called. */
    public void pass(Duration time) {
        reactor.pass(time);
    }

    HandReactor reactor() {
        return reactor;
    }

    HttpProtocol protocol() {
        return protocol;
    }
}
