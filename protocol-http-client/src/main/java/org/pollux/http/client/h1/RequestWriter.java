package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.exchange.RequestFields;
import org.pollux.http.wire.Bytes;

/** Writes the heads of requests (RFC 9112, section 3). */
final class RequestWriter {

    private final Bytes head = new Bytes(512);
    private final String userAgent;

    RequestWriter(String userAgent) {
        this.userAgent = userAgent;
    }

    /** The head with its empty line, valid until the next one is written. */
    ByteBuffer head(HttpRequest request) {
        head.clear().add(request.method()).add(" ").add(request.url().target()).add(" HTTP/1.1\r\n");
        field("Host", request.url().authority());
        RequestFields.of(request, userAgent, this::field);
        return head.add("\r\n").content();
    }

    private void field(String name, String value) {
        head.add(name).add(": ").add(value).add("\r\n");
    }
}
