package org.pollux.http.client.h1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.Url;
import org.pollux.http.client.exchange.RequestFields;
import org.pollux.http.wire.Bytes;

/** Writes the heads of requests (RFC 9112, section 3), and what surrounds the pieces of their bodies. */
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
        if (request.body().length().isEmpty()) {
            field("Transfer-Encoding", "chunked");
        }
        return head.add("\r\n").content();
    }

    /** What precedes a chunk of that many bytes (RFC 9112, section 7.1). */
    ByteBuffer chunk(int length) {
        return head.clear().add(Integer.toHexString(length)).add("\r\n").content();
    }

    /** What follows the last chunk: the trailers and their empty line. */
    ByteBuffer end(List<Header> trailers) {
        head.clear().add("0\r\n");
        trailers.forEach(field -> field(field.name(), field.value()));
        return head.add("\r\n").content();
    }

    private void field(String name, String value) {
        head.add(name).add(": ").add(value).add("\r\n");
    }
}
