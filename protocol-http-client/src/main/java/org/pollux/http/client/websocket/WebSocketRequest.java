package org.pollux.http.client.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pollux.http.Header;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.Url;
import org.pollux.http.wire.Octets;
import org.pollux.http.wire.websocket.DeflateTerms;

/**
 * A request for a WebSocket connection. It is immutable, and may be used any number of times, by any client.
 *
 * <p>Later versions may add components. The constructors of earlier versions stay; read a request through its methods, not
 * with a record pattern.
 *
 * @param url with the scheme {@code ws} or {@code wss}
 * @param headers fields in addition to those of the handshake, such as {@code Authorization}
 * @param subprotocols that the client speaks, the preferred one first (RFC 6455, section 1.9)
 * @param compression whether permessage-deflate is offered (RFC 7692), without context takeover
 * @param maxMessage maximum bytes of a message, not compressed; a longer one ends the connection with code 1009. It does not
 *     hold for {@link org.pollux.http.websocket.WebSocketPieces}
 * @param timeout until the connection is open, including redirects
 * @param ping the time of silence after which a ping is sent; after as long a silence again the connection is lost. Zero sends
 *     none
 * @param redirects maximum number of redirects that are followed
 */
public record WebSocketRequest(
        Url url,
        List<Header> headers,
        List<String> subprotocols,
        boolean compression,
        int maxMessage,
        Duration timeout,
        Duration ping,
        int redirects) {

    private static final int MOST = 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PING = Duration.ofSeconds(30);

    /**
     * Checks that the request can be sent.
     *
     * @throws IllegalArgumentException naming the value and the fault
     */
    public WebSocketRequest {
        if (!url.scheme().equals("ws") && !url.scheme().equals("wss")) {
            throw new IllegalArgumentException("A WebSocket has a URL with ws or wss, but this is " + url);
        }
        headers = List.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
        var _ = new HttpRequest("GET", url, headers, Optional.empty(), timeout, redirects);
        headers.forEach(WebSocketRequest::require);
        for (String subprotocol : subprotocols) {
            if (subprotocol.isEmpty() || !Octets.are(Octets.TOKEN, subprotocol)) {
                throw new IllegalArgumentException(
                        "A subprotocol is a token (RFC 6455), but this is '" + subprotocol + "'");
            }
        }
        if (Set.copyOf(subprotocols).size() < subprotocols.size()) {
            throw new IllegalArgumentException("A subprotocol is named once (RFC 6455), but these are " + subprotocols);
        }
        if (maxMessage < 0 || ping.isNegative()) {
            throw new IllegalArgumentException(
                    "Neither maxMessage nor ping may be negative, but they are " + maxMessage + " and " + ping);
        }
    }

    private static void require(Header header) {
        if (header.name().toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
            throw new IllegalArgumentException(header.name() + " is written by the client: leave it out");
        }
    }

    /**
     * Without subprotocols; with compression, messages up to 1 MiB, 10 s to open, a ping after 30 s, no redirects.
     *
     * @throws IllegalArgumentException when it is not a URL with ws or wss
     */
    public static WebSocketRequest of(String url) {
        return new WebSocketRequest(Url.parse(url), List.of(), List.of(), true, MOST, TIMEOUT, PING, 0);
    }

    /** Returns a copy with one more field. */
    public WebSocketRequest header(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new WebSocketRequest(url, more, subprotocols, compression, maxMessage, timeout, ping, redirects);
    }

    /** Returns a copy with these subprotocols, the preferred one first. */
    public WebSocketRequest subprotocols(String... names) {
        return new WebSocketRequest(url, headers, List.of(names), compression, maxMessage, timeout, ping, redirects);
    }

    /** Returns a copy that offers no compression. */
    public WebSocketRequest withoutCompression() {
        return new WebSocketRequest(url, headers, subprotocols, false, maxMessage, timeout, ping, redirects);
    }

    /** Returns a copy with another limit of messages. */
    public WebSocketRequest maxMessage(int bytes) {
        return new WebSocketRequest(url, headers, subprotocols, compression, bytes, timeout, ping, redirects);
    }

    /** Returns a copy with another time to open; zero for no limit. */
    public WebSocketRequest timeout(Duration open) {
        return new WebSocketRequest(url, headers, subprotocols, compression, maxMessage, open, ping, redirects);
    }

    /** Returns a copy with another time of silence before a ping. */
    public WebSocketRequest ping(Duration silence) {
        return new WebSocketRequest(url, headers, subprotocols, compression, maxMessage, timeout, silence, redirects);
    }

    /** Returns a copy with another limit of redirects. */
    public WebSocketRequest redirects(int most) {
        return new WebSocketRequest(url, headers, subprotocols, compression, maxMessage, timeout, ping, most);
    }

    /** The URL that an HTTP client asks for. */
    Url httpUrl() {
        return Url.parse("http" + url.toString().substring("ws".length()));
    }

    /** The fields in which the client says what it speaks. */
    List<Header> offers() {
        List<Header> offers = new ArrayList<>();
        if (!subprotocols.isEmpty()) {
            offers.add(new Header("Sec-WebSocket-Protocol", String.join(", ", subprotocols)));
        }
        if (compression) {
            offers.add(new Header("Sec-WebSocket-Extensions", DeflateTerms.offer(false)));
        }
        return offers;
    }

    /** The request to another URL. Another host does not get the secrets. */
    WebSocketRequest redirected(Url target) {
        boolean elsewhere = !(target.host().equals(url.host()) && target.port() == url.port());
        List<Header> kept = headers.stream()
                .filter(header -> !elsewhere || !header.isCredential())
                .toList();
        return new WebSocketRequest(target, kept, subprotocols, compression, maxMessage, timeout, ping, redirects - 1);
    }
}
