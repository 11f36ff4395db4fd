package org.pollux.http.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HttpProtocol;
import org.pollux.http.server.Routes;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** The real server with a folder at {@code /files}, and a client that sends what no library would. */
final class FileServer implements AutoCloseable {

    /** What the files take for now. */
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    /**
     * A response.
     *
     * @param fields by name, lower-case
     * @param body a char for each byte
     */
    record Received(int status, Map<String, String> fields, String body) {

        String field(String name) {
            return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "-");
        }
    }

    private final EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()));
    private final int port;

    FileServer(Path folder) throws IOException {
        this(FilesSettings.of(folder));
    }

    FileServer(FilesSettings settings) throws IOException {
        this(
                new StaticFiles(settings, InstantSource.fixed(NOW)),
                Mount.at("/files").subpaths().blocking());
    }

    /** Serves something else. */
    FileServer(HttpHandler handler, Mount mount) throws IOException {
        Routes routes = new Routes();
        routes.add(handler, mount);
        HttpProtocol protocol = new HttpProtocol(routes, HttpSettings.defaults());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = ((InetSocketAddress) loop.listen(any, protocol).local()).getPort();
        Thread _ = Thread.startVirtualThread(loop::run);
    }

    Received get(String target, String... fields) throws IOException {
        return ask("GET", target, fields);
    }

    /** Sends a request on a connection of its own, with a target and fields as they are. */
    Received ask(String method, String target, String... fields) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            String head = method + " " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + more + "\r\n";
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    private static Received parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ", 2);
            fields.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        return new Received(Integer.parseInt(text.substring(9, 12)), fields, text.substring(end + 4));
    }

    @Override
    public void close() {
        loop.close();
    }
}
