package org.pollux.reactor.tck.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.pollux.reactor.tls.TlsSession;

/** A tested session of a server, whose client sends record by record. */
record RawTalk(TlsSession session, Link link, RawClient client) {

    void send(int type, String content, int padding) throws GeneralSecurityException {
        link.arrive(client.record(type, content.getBytes(StandardCharsets.ISO_8859_1), padding));
    }

    /** Reads until a read gives nothing. */
    String read() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1_000);
        int count;
        do {
            count = session.read(target);
        } while (count > 0);
        return new String(target.array(), 0, target.position(), StandardCharsets.ISO_8859_1);
    }
}
