package org.pollux.http.server.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.http.server.Bodies;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;

/** The cases of {@code frame-cases.txt} and {@code head-cases.txt}: what a client sends, and what comes of it. */
class FrameCasesTest {

    /** A case of a file: its name, what is sent, and what comes. */
    record Case(String name, List<String> sent, String expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    private final HandServer server = server();
    private Http2Peer peer = new Http2Peer(server.connect());

    static HandServer server() {
        return server(HttpSettings.defaults());
    }

    static HandServer server(HttpSettings settings) {
        return new HandServer(settings)
                .withText("/a")
                .with(
                        "/cookie",
                        (request, response) -> response.send(
                                String.join(" and ", request.headers().all("Cookie"))))
                .with("/big", (request, response) -> response.send(new byte[70_000]))
                .with(Mount.at("/never").methods("*"), (request, response) -> {})
                .with(Mount.at("/a").methods("POST"), (request, response) -> response.send("/a"))
                .with(Mount.at("/echo").methods("*"), Bodies.whole(100_000));
    }

    private static Stream<Case> cases(String file, String end) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = FrameCasesTest.class.getResourceAsStream(file)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.split("\n\n", -1)) {
                List<String> lines =
                        part.lines().filter(line -> !line.startsWith("#")).toList();
                if (!lines.isEmpty()) {
                    String last = lines.getLast().substring(end.length()).strip();
                    cases.add(new Case(lines.getFirst(), lines.subList(1, lines.size() - 1), unescaped(last)));
                }
            }
        }
        return cases.stream();
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .translateEscapes();
    }

    static Stream<Case> frames() throws IOException {
        return cases("frame-cases.txt", "=");
    }

    static Stream<Case> heads() throws IOException {
        return cases("head-cases.txt", "=>");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame(Case of) {
        List<String> sent = of.sent;
        if (sent.getFirst().startsWith("!")) {
            peer.connection().receive(unescaped(sent.getFirst().substring(2)));
            sent = sent.subList(1, sent.size());
        } else {
            peer.begin();
        }
        server.reactor.settle();
        for (String line : sent) {
            peer.send(bytes(line.substring(2).split(" ", -1)));
            server.reactor.settle();
        }
        assertEquals(of.expected, Outcome.of(peer), of.name);
        assertEquals(of.expected.contains("GOAWAY"), peer.connection().isClosed(), of.name);
    }

    private byte[] bytes(String[] words) {
        int stream = words.length > 1 && words[1].matches("\\d{1,9}") ? Integer.parseInt(words[1]) : 0;
        int flag = words.length > 2 && words[2].equals("END") ? Http2Peer.END_STREAM : 0;
        String last = words[words.length - 1];
        return switch (words[0]) {
            case "GET" -> peer.get(stream, last);
            case "POST" -> post(stream, words);
            case "DATA" -> peer.data(stream, flag, last.equals("END") ? "" : last);
            case "TRAILERS" -> peer.headers(stream, flag, words[3], words[4]);
            case "RST" -> peer.reset(stream);
            case "WINDOW" -> peer.window(stream, Integer.parseInt(last));
            case "PING" -> peer.ping();
            case "SETTINGS" -> settings(words);
            case "RAW" -> HexFormat.of().parseHex(String.join("", Arrays.copyOfRange(words, 1, words.length)));
            case "FILL" -> fill(stream, Integer.parseInt(last));
            case "PADDED" -> padded(stream, Integer.parseInt(last));
            case "OPENBLOCK" -> Http2Peer.frame(Http2Peer.HEADERS, Http2Peer.END_STREAM, stream, block(last));
            case "BLOCK" -> split(stream, block(words[3]), Integer.parseInt(last));
            case "PRIORITYGET" -> prioritized(stream, block(last));
            default -> throw new AssertionError(words[0]);
        };
    }

    private byte[] block(String path) {
        return peer.block(":method", "GET", ":scheme", "http", ":path", path, ":authority", "h");
    }

    private byte[] post(int stream, String[] words) {
        if (words.length == 3) {
            return peer.post(stream, words[2]);
        }
        String length = words[3].substring(words[3].indexOf('=') + 1);
        return peer.headers(
                stream,
                0,
                ":method",
                "POST",
                ":scheme",
                "http",
                ":path",
                words[2],
                ":authority",
                "h",
                "content-length",
                length);
    }

    private static byte[] settings(String[] words) {
        byte[][] all = new byte[words.length - 1][];
        for (int i = 1; i < words.length; i++) {
            String[] setting = words[i].split("=", 2);
            byte[] value = Http2Peer.number((int) Long.parseLong(setting[1]));
            int id = Integer.parseInt(setting[0]);
            all[i - 1] = joined(new byte[] {(byte) (id >> 8), (byte) id}, value);
        }
        return Http2Peer.frame(Http2Peer.SETTINGS, 0, 0, joined(all));
    }

    static byte[] joined(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return all;
    }

    private static byte[] fill(int stream, int octets) {
        byte[] all = {};
        for (int left = octets; left > 0; left -= 16_000) {
            all = joined(all, Http2Peer.frame(Http2Peer.DATA, 0, stream, new byte[Math.min(left, 16_000)]));
        }
        return all;
    }

    /** So many frames of 256 octets of padding. Padding comes back at once, but a part of a window is owed. */
    private static byte[] padded(int stream, int frames) {
        byte[] padding = new byte[255];
        padding[0] = (byte) 254;
        byte[] body = new byte[200];
        byte[] all = {};
        for (int i = 0; i < frames; i++) {
            all = joined(
                    all,
                    Http2Peer.frame(Http2Peer.DATA, 8, stream, padding),
                    Http2Peer.frame(Http2Peer.DATA, 0, stream, body));
        }
        return joined(all, fill(stream, 10_000));
    }

    private static byte[] split(int stream, byte[] block, int frames) {
        byte[] all = {};
        int size = block.length / frames;
        for (int i = 0; i < frames; i++) {
            boolean last = i == frames - 1;
            byte[] part = Arrays.copyOfRange(block, i * size, last ? block.length : (i + 1) * size);
            int flags = (last ? Http2Peer.END_HEADERS : 0) | (i == 0 ? Http2Peer.END_STREAM : 0);
            all = joined(
                    all, Http2Peer.frame(i == 0 ? Http2Peer.HEADERS : Http2Peer.CONTINUATION, flags, stream, part));
        }
        return all;
    }

    private static byte[] prioritized(int stream, byte[] block) {
        return Http2Peer.frame(
                Http2Peer.HEADERS, 0x25, stream, joined(Http2Peer.number(stream), new byte[] {16}, block));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void head(Case of) {
        List<String> fields = new ArrayList<>();
        boolean own = !of.sent.isEmpty() && of.sent.getFirst().equals("!");
        boolean body = of.sent.contains("-");
        if (!own) {
            fields.addAll(List.of(":method", "GET", ":scheme", "http", ":path", "/a", ":authority", "h"));
        }
        for (String line : of.sent) {
            if (!line.equals("!") && !line.equals("-")) {
                int sign = line.indexOf('=');
                fields.add(text(line.substring(0, sign)));
                fields.add(text(line.substring(sign + 1)));
            }
        }
        peer.begin();
        server.reactor.settle();
        peer.send(peer.headers(1, body ? 0 : Http2Peer.END_STREAM, fields.toArray(String[]::new)));
        server.reactor.settle();
        assertEquals(of.expected, Outcome.of(peer), of.name);
        peer.send(peer.get(3, "/a"));
        server.reactor.settle();
        assertEquals("3 200 /a", Outcome.of(peer), of.name + ": the connection goes on");
    }

    /** With the escapes of Java. */
    private static String text(String escaped) {
        String text = unescaped(escaped.replaceAll("\\\\u00([0-9a-f]{2})", "<$1>"));
        for (int code = 0; code < 0x100; code++) {
            text = text.replace(String.format("<%02x>", code), String.valueOf((char) code));
        }
        return text;
    }
}
