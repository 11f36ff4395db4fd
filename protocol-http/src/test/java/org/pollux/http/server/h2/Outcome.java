package org.pollux.http.server.h2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pollux.http.server.h2.Http2Peer.Frame;
import org.pollux.http.wire.frames.ErrorCode;

/** What has come from the server, as text: {@code 1 200 /a, RST 3 CANCEL, GOAWAY 3 NO_ERROR}. */
final class Outcome {

    /** A response that has begun. */
    private static final class Got {

        private String status = "";
        private final StringBuilder body = new StringBuilder();
        private boolean whole;
        private int place;
    }

    private Outcome() {}

    static String of(Http2Peer peer) {
        List<String> events = new ArrayList<>();
        Map<Integer, Got> responses = new LinkedHashMap<>();
        for (Frame frame : peer.received()) {
            Got got = responses.get(frame.stream());
            switch (frame.type()) {
                case Http2Peer.HEADERS -> {
                    Got begun = new Got();
                    begun.status = peer.fields(frame).getFirst().value();
                    begun.whole = frame.has(Http2Peer.END_STREAM);
                    begun.place = events.size();
                    events.add("");
                    responses.put(frame.stream(), begun);
                }
                case Http2Peer.DATA -> {
                    if (got == null) {
                        throw new AssertionError("A body without a head: " + frame);
                    }
                    got.body.append(new String(frame.payload(), ISO_8859_1));
                    got.whole = frame.has(Http2Peer.END_STREAM);
                }
                case Http2Peer.RST_STREAM -> events.add("RST " + frame.stream() + " " + ErrorCode.of(frame.number(0)));
                case Http2Peer.GOAWAY -> events.add("GOAWAY " + frame.number(0) + " " + ErrorCode.of(frame.number(4)));
                case Http2Peer.PING -> events.add("PING " + HexFormat.of().formatHex(frame.payload()));
                default -> {}
            }
        }
        responses.forEach((stream, got) -> {
            String body = got.body.length() > 1000 ? got.body.length() + " octets" : got.body.toString();
            events.set(
                    got.place,
                    String.join(" ", stream + " " + got.status, body, got.whole ? "" : "open")
                            .replaceAll(" +", " ")
                            .replaceAll(" $", ""));
        });
        return String.join(", ", events);
    }
}
