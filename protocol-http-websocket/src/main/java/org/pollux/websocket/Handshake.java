package org.pollux.websocket;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pollux.http.Headers;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.wire.websocket.DeflateTerms;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.http.wire.websocket.WebSocketFault;

/**
 * What a client asks for, and what it gets (RFC 6455, section 4.2). Over HTTP/2 there is no key, because a frame cannot be
 * taken for a handshake there (RFC 8441, section 5).
 *
 * @param key of the client; empty over HTTP/2
 * @param subprotocol that is agreed on
 * @param compression that is agreed on
 */
record Handshake(Optional<String> key, Optional<String> subprotocol, Optional<DeflateTerms> compression) {

    static final String PROTOCOL = "websocket";
    static final String VERSION = "13";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Checks a request.
     *
     * @param spoken the subprotocols of the handler
     * @throws Refusal when no connection can come of it
     */
    static Handshake of(Request request, Set<String> spoken, WebSocketSettings settings) throws Refusal {
        if (!request.offersUpgrade(PROTOCOL)) {
            throw new Refusal(426, Tally.Met.NO_UPGRADE, "This path speaks WebSocket: use a ws: or wss: URL");
        }
        Headers fields = request.headers();
        List<String> versions = fields.all("Sec-WebSocket-Version");
        if (versions.isEmpty()) {
            throw malformed("The handshake has no Sec-WebSocket-Version");
        }
        if (!versions.equals(List.of(VERSION))) {
            throw new Refusal(426, Tally.Met.VERSION, "The server speaks version 13 of WebSocket only");
        }
        if (!new Origins(settings.origins()).allow(request)) {
            throw new Refusal(
                    403, Tally.Met.ORIGIN, "This origin is not allowed: list it in origins of pollux.http.websocket");
        }
        return new Handshake(key(request), subprotocol(fields, spoken), compression(fields, settings));
    }

    private static Refusal malformed(String reason) {
        return new Refusal(400, Tally.Met.MALFORMED, reason);
    }

    private static Optional<String> key(Request request) throws Refusal {
        if (request.version().equals("HTTP/2")) {
            return Optional.empty();
        }
        List<String> keys = request.headers().all("Sec-WebSocket-Key");
        if (keys.size() != 1 || !HandshakeKey.isValid(keys.getFirst())) {
            throw malformed("The handshake needs one Sec-WebSocket-Key of 16 bytes in Base64");
        }
        return Optional.of(keys.getFirst());
    }

    /** The first one of the client that the handler speaks. */
    private static Optional<String> subprotocol(Headers fields, Set<String> spoken) throws Refusal {
        Set<String> asked = new LinkedHashSet<>();
        for (String field : fields.all("Sec-WebSocket-Protocol")) {
            for (String name : field.split(",", -1)) {
                if (!TOKEN.matcher(name.strip()).matches() || !asked.add(name.strip())) {
                    throw malformed("Sec-WebSocket-Protocol is malformed, or names a subprotocol twice");
                }
            }
        }
        return asked.stream().filter(spoken::contains).findFirst();
    }

    private static Optional<DeflateTerms> compression(Headers fields, WebSocketSettings settings) throws Refusal {
        try {
            Optional<DeflateTerms> terms =
                    DeflateTerms.accept(fields.all("Sec-WebSocket-Extensions"), settings.takeover());
            return settings.compression() ? terms : Optional.empty();
        } catch (WebSocketFault fault) {
            throw malformed(fault.reason());
        }
    }

    /** Sets the fields that accept it. */
    void accept(Response response) {
        key.ifPresent(value -> response.setHeader("Sec-WebSocket-Accept", HandshakeKey.accept(value)));
        subprotocol.ifPresent(value -> response.setHeader("Sec-WebSocket-Protocol", value));
        compression.ifPresent(terms -> response.setHeader("Sec-WebSocket-Extensions", terms.response()));
    }
}
