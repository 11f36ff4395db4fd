package org.pollux.http.client.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pollux.http.Headers;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.wire.websocket.DeflateTerms;
import org.pollux.http.wire.websocket.HandshakeKey;
import org.pollux.http.wire.websocket.WebSocketFault;

/**
 * What a server has accepted (RFC 6455, section 4.1).
 *
 * @param subprotocol one that was asked for
 * @param deflate the terms of compression
 */
record HandshakeResponse(Optional<String> subprotocol, Optional<DeflateTerms> deflate) {

    /**
     * Reads the fields of a response with status 101.
     *
     * @param key that was sent
     * @throws HttpFailure naming the field that is wrong
     */
    static HandshakeResponse ofUpgrade(Headers fields, String key, WebSocketRequest request) throws HttpFailure {
        require(fields, "Upgrade", "websocket");
        require(fields, "Connection", "upgrade");
        String accept = fields.first("Sec-WebSocket-Accept").orElse("");
        if (!accept.equals(HandshakeKey.accept(key))) {
            throw wrong("Sec-WebSocket-Accept does not belong to the key that was sent: '" + accept + "'");
        }
        return ofStream(fields, request);
    }

    /**
     * Reads the fields of a response over HTTP/2, which needs no key (RFC 8441, section 5).
     *
     * @throws HttpFailure naming the field that is wrong
     */
    static HandshakeResponse ofStream(Headers fields, WebSocketRequest request) throws HttpFailure {
        return new HandshakeResponse(subprotocol(fields, request), deflate(fields, request));
    }

    private static void require(Headers fields, String name, String element) throws HttpFailure {
        List<String> values = fields.all(name);
        boolean found = values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(element));
        if (!found) {
            throw wrong(name + " is not " + element + ", but " + (values.isEmpty() ? "missing" : values));
        }
    }

    private static Optional<String> subprotocol(Headers fields, WebSocketRequest request) throws HttpFailure {
        List<String> chosen = fields.all("Sec-WebSocket-Protocol");
        if (chosen.size() > 1 || !request.subprotocols().containsAll(chosen)) {
            throw wrong("the server has chosen a subprotocol that was not asked for: " + chosen);
        }
        return chosen.stream().findFirst();
    }

    private static Optional<DeflateTerms> deflate(Headers fields, WebSocketRequest request) throws HttpFailure {
        try {
            return DeflateTerms.accepted(fields.all("Sec-WebSocket-Extensions"), request.compression());
        } catch (WebSocketFault fault) {
            throw wrong(fault.reason());
        }
    }

    private static HttpFailure wrong(String what) {
        return new HttpFailure(Reason.MALFORMED, "the WebSocket handshake failed: " + what);
    }
}
