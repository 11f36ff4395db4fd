package org.pollux.samples.plain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;

/** HTTP without OSGi: a handler, a protocol and a reactor, run by the caller's thread. */
public final class HttpServer {

    private HttpServer() {}

    /**
     * Listens until the process ends.
     *
     * @param args the port; the default is 8080
     * @throws IOException if the port is in use
     */
    public static void main(String[] args) throws IOException {
        int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
        Routes routes = new Routes();
        routes.add((request, response) -> response.send("Hello, World!\n"), "/");
        try (EventLoop reactor = new EventLoop(new NioBackend())) {
            reactor.listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    new HttpProtocol(routes, HttpSettings.defaults()));
            reactor.run();
        }
    }
}
