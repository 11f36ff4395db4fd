package org.pollux.http.client.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.websocket.FrameWriter;
import org.pollux.http.wire.websocket.MessageReader;
import org.pollux.http.wire.websocket.Opcode;
import org.pollux.http.wire.websocket.WebSocketFault;

/** The server's end of a WebSocket, which a test plays by hand, over either wire. */
interface WebSocketPeer {

    /** Accepts the connection, with more fields: lines as HTTP/1.1 has them. */
    WebSocketPeer accept(String fields);

    WebSocketPeer send(String octets);

    /** The next message or control frame of the client, as text. */
    String next();

    /** How many bytes have come. */
    int size();

    /** Ends this side without a close. */
    void closeOutput();

    /** Waits until the client has ended its side in order. */
    void receivesEnd();

    /** Waits until the client has given the connection up. */
    void receivesReset();

    default WebSocketPeer text(String text) {
        return frame(Opcode.TEXT, true, text.getBytes(UTF_8));
    }

    default WebSocketPeer frame(Opcode opcode, boolean last, byte... payload) {
        return send(octets(opcode, last, payload));
    }

    default WebSocketPeer close(int code, String reason) {
        Bytes out = new Bytes(150);
        FrameWriter.close(out, 0, code, reason);
        return send(new String(out.array(), 0, out.size(), ISO_8859_1));
    }

    static String octets(Opcode opcode, boolean last, byte... payload) {
        Bytes out = new Bytes(payload.length + FrameWriter.MOST_HEADER);
        FrameWriter.frame(out, opcode, last, false, 0, ByteBuffer.wrap(payload));
        return new String(out.array(), 0, out.size(), ISO_8859_1);
    }

    /** Reads a message or a control frame. Empty when more bytes are needed. */
    static String parse(MessageReader reader, ByteBuffer in) {
        try {
            MessageReader.Found found = reader.next(in);
            return switch (found) {
                case MORE -> "";
                case DATA -> (reader.isText() ? "text " : "binary ") + reader.text();
                case CLOSE -> ("close " + reader.closeCode() + " " + reader.closeReason()).strip();
                default -> (found + " " + UTF_8.decode(reader.data())).strip();
            };
        } catch (WebSocketFault fault) {
            throw new AssertionError(fault);
        }
    }
}
