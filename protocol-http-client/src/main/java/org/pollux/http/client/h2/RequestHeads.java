package org.pollux.http.client.h2;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.exchange.Call;
import org.pollux.http.client.exchange.RequestFields;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.hpack.HpackEncoder;

/** Writes the heads of requests as blocks of fields (RFC 9113, section 8.3.1). Names of fields are in lower case. */
final class RequestHeads {

    private final HpackEncoder encoder;
    private final String userAgent;
    private final Bytes block = new Bytes(512);

    RequestHeads(HpackEncoder encoder, String userAgent) {
        this.encoder = encoder;
        this.userAgent = userAgent;
    }

    /** The block of a request, valid until the next one is written. */
    Bytes head(Call call) {
        HttpRequest request = call.request();
        String protocol = call.protocol();
        encoder.begin(block.clear());
        if (protocol == null) {
            field(":method", request.method());
        } else {
            field(":method", "CONNECT"); // RFC 8441, section 4
            field(":protocol", protocol);
        }
        field(":scheme", request.url().scheme());
        field(":authority", request.url().authority());
        field(":path", request.url().target());
        RequestFields.of(request, userAgent, this::field);
        return block;
    }

    /** The block of the fields behind a body. */
    Bytes trailers(List<Header> fields) {
        encoder.begin(block.clear());
        fields.forEach(field -> field(field.name(), field.value()));
        return block;
    }

    private void field(String name, String value) {
        byte[] octets = (name + value.strip()).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < name.length(); i++) {
            if (octets[i] >= 'A' && octets[i] <= 'Z') {
                octets[i] = (byte) (octets[i] + ('a' - 'A'));
            }
        }
        encoder.field(octets, 0, name.length(), octets.length - name.length(), block);
    }
}
