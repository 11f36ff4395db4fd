package org.pollux.http.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.testkit.Peer;

/** HTTP/1.1, by text. */
final class Http1ServerSide implements ServerSide {

    private static final String END = "\r\n\r\n";

    private final HandServer server;
    private @Nullable Peer peer;

    /** Where the current request begins in what has come. */
    private int from;

    Http1ServerSide(HandServer server) {
        this.server = server;
    }

    private Peer peer() {
        Peer now = peer;
        if (now == null) {
            throw new AssertionError("no connection yet");
        }
        return now;
    }

    private String text() {
        return HandServer.text(peer().receiveSome()).substring(from);
    }

    @Override
    public void awaitRequest() {
        Peer before = peer;
        int seen = before == null ? 0 : before.size();
        server.turned.turnUntil("a request comes", () -> {
            if (before != null && before.receiveSome().size() > seen) {
                from = seen;
                return text().contains(END);
            }
            return accept();
        });
        server.turned.turnUntil( // a client that aborts its request may drop the head that it has written
                "its head is whole", () -> text().contains(END) || !peer().isConnected());
    }

    private boolean accept() {
        @Nullable Peer next = server.acceptIfThere();
        if (next != null) {
            peer = next;
            from = 0;
        }
        return next != null;
    }

    @Override
    public String head() {
        StringBuilder head = new StringBuilder();
        for (String line : text().substring(0, text().indexOf(END)).split("\r\n", -1)) {
            int colon = line.indexOf(": ");
            head.append(colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon))
                    .append('\n');
        }
        return head.toString();
    }

    private String raw() {
        server.turned.settle();
        String text = text();
        return text.substring(text.indexOf(END) + END.length());
    }

    private boolean isChunked() {
        return head().contains("transfer-encoding: chunked\n");
    }

    @Override
    public String body() {
        String raw = raw();
        if (!isChunked()) {
            return raw;
        }
        StringBuilder body = new StringBuilder();
        for (int at = 0; raw.indexOf("\r\n", at) > 0; ) {
            int line = raw.indexOf("\r\n", at);
            int length = Integer.parseInt(raw.substring(at, line), 16);
            int end = Math.min(raw.length(), line + 2 + length);
            body.append(raw, line + 2, end);
            at = length == 0 ? raw.length() : Math.min(raw.length(), end + 2);
        }
        return body.toString();
    }

    @Override
    public boolean isWhole() {
        return isChunked()
                ? raw().startsWith("0\r\n") || raw().contains("\r\n0\r\n")
                : head().contains("content-length: " + raw().length() + "\n");
    }

    @Override
    public String trailers() {
        String raw = raw();
        return raw.substring(raw.lastIndexOf("0\r\n") + 3).replace("\r\n", "\n").strip() + "\n";
    }

    @Override
    public void interim(int status) {
        peer().send("HTTP/1.1 " + status + " Interim\r\n\r\n");
    }

    @Override
    public void begin(int status, String text, String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Reason\r\nTransfer-Encoding: chunked\r\n");
        for (int i = 0; i < fields.length; i += 2) {
            head.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
        }
        peer().send(head + "\r\n" + chunk(text));
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Override
    public void end(String text, String... trailers) {
        StringBuilder end = new StringBuilder(chunk(text) + "0\r\n");
        for (int i = 0; i < trailers.length; i += 2) {
            end.append(trailers[i]).append(": ").append(trailers[i + 1]).append("\r\n");
        }
        peer().send(end + "\r\n");
    }

    @Override
    public void cut() {
        peer().close();
    }

    @Override
    public void refuse() {
        peer().close();
    }

    @Override
    public void awaitCut() {
        server.turned.turnUntil("the client ends the connection", () -> !peer().isConnected());
    }

    @Override
    public void respondToAll(int count, Runnable after) {
        List<Peer> peers = new ArrayList<>();
        List<Integer> responded = new ArrayList<>();
        int[] total = {0};
        server.turned.turnUntil(count + " requests come", () -> {
            @Nullable Peer next = server.acceptIfThere();
            if (next != null) {
                peers.add(next);
                responded.add(0);
            }
            for (int i = 0; i < peers.size() && total[0] < count; i++) {
                int heads = HandServer.text(peers.get(i).receiveSome()).split(END, -1).length - 1;
                if (heads > responded.get(i)) {
                    responded.set(i, heads);
                    peers.get(i).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    total[0]++;
                    after.run();
                }
            }
            return total[0] == count;
        });
    }
}
