package org.pollux.http.client.h1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.exchange.Origin;
import org.pollux.http.client.exchange.ProxyFailures;
import org.pollux.reactor.Passage;

/** Asks a proxy to pass on the bytes of a connection (RFC 9110, section 9.3.6). */
public final class ConnectPassage implements Passage {

    private static final int INTERIM = 8;

    private final Origin origin;
    private final HttpProxy proxy;
    private final String userAgent;
    private final ResponseParser parser;
    private final Consumer<HttpFailure> refused;
    private int interim;

    /** @param refused gets the failure at once, because the connection may linger */
    public ConnectPassage(
            Origin origin, HttpProxy proxy, String userAgent, int headLimit, Consumer<HttpFailure> refused) {
        this.refused = refused;
        this.origin = origin;
        this.proxy = proxy;
        this.userAgent = userAgent;
        this.parser = new ResponseParser(headLimit);
    }

    @Override
    public ByteBuffer request() {
        String place = new Origin(origin.scheme(), origin.address(), origin.port()).toString();
        StringBuilder head = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n");
        if (!userAgent.isEmpty()) {
            head.append("User-Agent: ").append(userAgent).append("\r\n");
        }
        proxy.authorization()
                .ifPresent(value ->
                        head.append("Proxy-Authorization: ").append(value).append("\r\n"));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean response(ByteBuffer in) throws IOException {
        try {
            while (parser.parse(in)) {
                if (!parser.isInterim()) {
                    return decide();
                }
                if (++interim > INTERIM) {
                    throw new HttpFailure(Reason.MALFORMED, "more than " + INTERIM + " interim responses (1xx)");
                }
                parser.reset();
            }
            return false;
        } catch (HttpFailure e) {
            HttpFailure failure = e.reason() == Reason.PROXY
                    ? e
                    : new HttpFailure(Reason.PROXY, "the proxy " + proxy + ": " + e.getMessage(), e);
            refused.accept(failure);
            throw failure;
        }
    }

    /** Any 2xx opens the tunnel. */
    private boolean decide() throws HttpFailure {
        int status = parser.status();
        if (status >= 200 && status < 300) {
            return true;
        }
        throw ProxyFailures.refused(proxy, origin, status, parser.reason());
    }
}
