package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.pollux.http.wire.Bytes;

/** Feeds bytes to a reader, and lists what it reads: {@code text abc}, {@code binary 00ff}, {@code ping 01}, {@code fault 1002}. */
final class Read {

    static final int MOST = 70_000;

    private final MessageReader reader;
    private final List<String> seen = new ArrayList<>();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final Bytes unread = new Bytes(0);
    private final boolean pieces;
    private boolean over;

    private Read(MessageReader reader, boolean pieces) {
        this.reader = reader;
        this.pieces = pieces;
        if (pieces) {
            reader.inPieces();
        }
    }

    private static MessageReader reader(Side peer, boolean compression) {
        return new MessageReader(peer, compression ? new Inflation(false) : null, MOST, new SessionMemory(6));
    }

    /** All at once, octet by octet, in two parts, and as pieces: always the same, or this fails. */
    static List<String> all(Side peer, boolean compression, byte[] bytes) {
        List<String> whole = new Read(reader(peer, compression), false).feed(bytes, bytes.length);
        for (int step : new int[] {1, 2, 3, 7, 1000}) {
            if (bytes.length / step < 5_000) {
                same(whole, new Read(reader(peer, compression), false).feed(bytes, step), "in steps of " + step);
            }
        }
        for (int cut = 1; cut < Math.min(bytes.length, 200); cut++) {
            same(whole, new Read(reader(peer, compression), false).feed(bytes, cut, bytes.length), "cut at " + cut);
        }
        if (!whole.contains("fault 1009")) {
            same(whole, new Read(reader(peer, compression), true).feed(bytes, bytes.length), "in pieces");
            same(whole, new Read(reader(peer, compression), true).feed(bytes, 3), "in pieces, in steps");
        }
        return whole;
    }

    private static void same(List<String> whole, List<String> other, String how) {
        if (!whole.equals(other)) {
            throw new AssertionError(how + ": " + other + ", but at once: " + whole);
        }
    }

    private List<String> feed(byte[] bytes, int... ends) {
        int step = ends[0];
        int at = 0;
        while (at < bytes.length && !over) {
            int end = ends.length > 1 && at >= ends[0] ? ends[1] : Math.min(bytes.length, at + step);
            unread.add(bytes, at, end);
            at = end;
            ByteBuffer in = unread.content();
            take(in);
            unread.remove(0, in.position());
        }
        return seen;
    }

    private void take(ByteBuffer in) {
        try {
            MessageReader.Found found = reader.next(in);
            while (found != MessageReader.Found.MORE) {
                see(found);
                found = reader.next(in);
            }
        } catch (WebSocketFault fault) {
            seen.add("fault " + fault.code());
            over = true;
        }
    }

    private void see(MessageReader.Found found) {
        byte[] data = new byte[reader.data().remaining()];
        reader.data().get(data);
        switch (found) {
            case DATA -> {
                piece.writeBytes(data);
                if (reader.isEnd()) {
                    byte[] all = piece.toByteArray();
                    piece.reset();
                    seen.add((reader.isText() ? "text " + new String(all, UTF_8) : "binary " + hex(all)).strip());
                } else if (!pieces) {
                    seen.add("not whole");
                }
            }
            case CLOSE -> {
                seen.add(("close " + reader.closeCode() + " " + reader.closeReason()).strip());
                over = true;
            }
            default ->
                seen.add((found + " " + hex(data)).toLowerCase(Locale.ROOT).strip());
        }
    }

    private static String hex(byte[] bytes) {
        return bytes.length > 64 ? "of " + bytes.length : HexFormat.of().formatHex(bytes);
    }
}
