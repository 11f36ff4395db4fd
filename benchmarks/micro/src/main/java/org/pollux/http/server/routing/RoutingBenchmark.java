package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pollux.benchmarks.micro.Timed;
import org.pollux.http.server.Requests;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.Method;

/** What it costs to find the handler of a request whose head was read. */
@State(Scope.Thread)
public class RoutingBenchmark extends Timed {

    /** How many handlers there are besides; each has three paths. */
    @Param({"0", "300"})
    int others;

    /** An exact path, one with a parameter, one with everything below it, and one that nobody has. */
    @Param({"/plaintext", "/users/4711/orders", "/files/2026/11/a.html", "/nothing/here"})
    String path;

    private final HeadLayout head = new HeadLayout();
    private final RouteRegistry routes = new RouteRegistry();
    private ByteBuffer request;

    @Setup
    public void prepare() {
        routes.add((_, response) -> response.send(), "/plaintext", "/users/{id}/orders", "/files/*");
        for (int i = 0; i < others; i++) {
            routes.add((_, response) -> response.send(), "/other" + i, "/users/{id}/other" + i, "/others/" + i + "/*");
        }
        request = Requests.get(path);
        head.method(Method.GET, "GET ".length());
        if (!head.target(request, "GET ".length() + path.length())) {
            throw new IllegalStateException(path + " is not understood");
        }
    }

    @Benchmark
    public Route find() {
        return routes.find(head, request);
    }
}
