package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP/2, frame by frame. What comes widens the windows again, so that the client can go on. */
final class Http2ServerSide implements ServerSide {

    private static final int INTERNAL_ERROR = 2;
    private static final int REFUSED_STREAM = 7;

    private final HandServer server;
    private @Nullable Http2Peer peer;
    private int stream;
    private String head = "";
    private int widened;

    Http2ServerSide(HandServer server) {
        this.server = server;
    }

    private Http2Peer peer() {
        Http2Peer now = peer;
        if (now == null) {
            throw new AssertionError("no connection yet");
        }
        return now;
    }

    @Override
    public void awaitRequest() {
        if (peer == null) {
            peer = Http2Peer.begun(server);
        }
        stream = peer().request();
        head = peer().head();
    }

    @Override
    public String head() {
        return head;
    }

    private List<Http2Peer.Frame> frames(int type) {
        return peer().all(type).stream()
                .filter(frame -> frame.stream() == stream)
                .toList();
    }

    @Override
    public String body() {
        int came;
        StringBuilder body = new StringBuilder();
        do {
            came = body.length();
            body.setLength(0);
            frames(Http2Peer.DATA).forEach(frame -> body.append(new String(frame.payload(), ISO_8859_1)));
            if (body.length() > widened) {
                int more = body.length() - widened;
                widened = body.length();
                peer().send(Http2Peer.window(0, more), Http2Peer.window(stream, more));
            }
        } while (body.length() > came);
        return body.toString();
    }

    @Override
    public boolean isWhole() {
        body();
        return frames(Http2Peer.DATA).stream().anyMatch(frame -> frame.has(Http2Peer.END_STREAM))
                || frames(Http2Peer.HEADERS).stream().anyMatch(frame -> frame.has(Http2Peer.END_STREAM));
    }

    @Override
    public String trailers() {
        peer().all(Http2Peer.HEADERS);
        return peer().head();
    }

    @Override
    public void interim(int status) {
        peer().send(peer().headers(stream, 0, ":status", Integer.toString(status)));
    }

    @Override
    public void begin(int status, String text, String... fields) {
        List<String> all = new ArrayList<>(List.of(":status", Integer.toString(status)));
        for (String field : fields) {
            all.add(all.size() % 2 == 0 ? field.toLowerCase(Locale.ROOT) : field);
        }
        peer().send(
                        peer().headers(stream, 0, all.toArray(String[]::new)),
                        text.isEmpty() ? new byte[0] : Http2Peer.data(stream, 0, text));
    }

    @Override
    public void end(String text, String... trailers) {
        if (trailers.length == 0) {
            peer().send(Http2Peer.data(stream, Http2Peer.END_STREAM, text));
        } else {
            peer().send(Http2Peer.data(stream, 0, text), peer().headers(stream, Http2Peer.END_STREAM, trailers));
        }
    }

    @Override
    public void cut() {
        peer().send(Http2Peer.reset(stream, INTERNAL_ERROR));
    }

    @Override
    public void refuse() {
        peer().send(Http2Peer.reset(stream, REFUSED_STREAM));
    }

    @Override
    public void awaitCut() {
        peer().resetOf(stream);
    }

    @Override
    public void respondToAll(int count, Runnable after) {
        for (int i = 0; i < count; i++) {
            awaitRequest();
            peer().respond(stream, "ok");
            after.run();
        }
    }
}
