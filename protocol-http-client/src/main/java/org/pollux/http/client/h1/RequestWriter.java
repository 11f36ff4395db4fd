package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.Url;
import org.pollux.http.client.exchange.RequestFields;
import org.pollux.http.wire.Bytes;

/** Writes the heads of requests (RFC 9112, section 3). */
final class RequestWriter {

    private final Bytes head = new Bytes(512);
    private final String userAgent;

    RequestWriter(String userAgent) {
        this.userAgent = userAgent;
    }

    /**
     * The head with its empty line, valid until the next one is written. A proxy that reads it gets the whole URL, and its
     * credentials (RFC 9112, section 3.2.2).
     */
    ByteBuffer head(HttpRequest request, Optional<HttpProxy> reader) {
        Url url = request.url();
        head.clear().add(request.method()).add(" ");
        if (reader.isPresent()) {
            head.add(url.scheme()).add("://").add(url.authority());
        }
        head.add(url.target()).add(" HTTP/1.1\r\n");
        field("Host", url.authority());
        reader.flatMap(HttpProxy::authorization).ifPresent(value -> field("Proxy-Authorization", value));
        RequestFields.of(request, userAgent, this::field);
        return head.add("\r\n").content();
    }

    private void field(String name, String value) {
        head.add(name).add(": ").add(value).add("\r\n");
    }
}
