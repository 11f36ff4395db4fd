package org.pollux.it.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pollux.it.tls.TlsClient.Wishes;

/** Asks for several hosts on one connection of HTTP/2, as browsers do (RFC 9113, section 9.1.1). Its frames are made by hand. */
final class CoalescingClient implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int FRAME_HEAD = 9;

    /** Of HPACK's static table: {@code GET}, {@code https}, and the names of two fields whose values follow. */
    private static final String GET_BY_HTTPS = "\u0082\u0087";

    private static final char PATH = 4;
    private static final char AUTHORITY = 1;

    private final TlsClient connection;
    private int stream = 1;

    /** Connects as for a host. */
    CoalescingClient(int port, String host) throws IOException {
        connection = Wishes.NONE.name(host).alpn("h2").connect(port);
        connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(SETTINGS, 0, 0, ""));
    }

    /** The body of the response to a request for a path of any host. */
    String get(String host, String path) throws IOException {
        int asked = stream;
        stream += 2;
        String fields = GET_BY_HTTPS + field(PATH, path) + field(AUTHORITY, host);
        connection.send(frame(HEADERS, END_STREAM | END_HEADERS, asked, fields));
        StringBuilder body = new StringBuilder();
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(connection.receives(FRAME_HEAD).getBytes(ISO_8859_1));
            int lengthAndType = head.getInt();
            int flags = head.get();
            boolean ofResponse = head.getInt() == asked;
            String payload = connection.receives(lengthAndType >>> 8);
            int type = lengthAndType & 0xFF;
            if (ofResponse && type == DATA) {
                body.append(payload);
            }
            if (ofResponse && type <= HEADERS && (flags & END_STREAM) != 0) {
                return body.toString();
            }
        }
    }

    /** A field that changes no table (RFC 7541, section 6.2.2). */
    private static String field(char name, String value) {
        return name + String.valueOf((char) value.length()) + value;
    }

    private static String frame(int type, int flags, int stream, String payload) {
        byte[] head = ByteBuffer.allocate(FRAME_HEAD)
                .putInt(payload.length() << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array();
        return new String(head, ISO_8859_1) + payload;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
