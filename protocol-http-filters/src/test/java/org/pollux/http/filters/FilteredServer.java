package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** The real server with filters in front of a handler for {@code /a}, and a client that sends what no library would. */
final class FilteredServer implements AutoCloseable {

    /**
     * A response.
     *
     * @param fields by name, lower-case; those of one name are joined
     * @param body a char for each byte, as it was sent
     */
    record Received(int status, Map<String, String> fields, String body) {

        String field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "-");
        }
    }

    private final EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()));
    private final int port;

    /** Serves it, with the filters in this order. */
    FilteredServer(HttpHandler handler, HttpFilter... filters) throws IOException {
        Routes routes = new Routes();
        routes.add(handler, "/a");
        for (HttpFilter filter : filters) {
            routes.add(filter, Mount.at("/*"));
        }
        HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
        Thread _ = Thread.startVirtualThread(loop::run);
    }

    Received get(String... fields) throws IOException {
        return ask("GET", "/a", fields);
    }

    /** Sends a request on a connection of its own, with a target and fields as they are. */
    Received ask(String method, String target, String... fields) throws IOException {
        try (Socket socket = connect()) {
            send(socket, method, target, fields);
            return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** In HTTP/1.0, whose streams have no chunks. */
    static void send(Socket socket, String method, String target, String... fields) throws IOException {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        socket.getOutputStream()
                .write((method + " " + target + " HTTP/1.0\r\nHost: h:80\r\n" + more + "\r\n").getBytes(ISO_8859_1));
    }

    private static Received parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ", 2);
            fields.merge(field[0].toLowerCase(Locale.ROOT), field[1], (one, other) -> one + "," + other);
        }
        return new Received(Integer.parseInt(text.substring(9, 12)), fields, text.substring(end + 4));
    }

    @Override
    public void close() {
        loop.close();
    }
}
