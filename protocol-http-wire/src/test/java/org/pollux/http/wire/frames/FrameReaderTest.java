package org.pollux.http.wire.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.FrameReader.Found;

/** The form of frames, and the rules that hold for each by itself (RFC 9113, sections 4 and 6). */
class FrameReaderTest {

    private final FrameReader reader = new FrameReader(FrameReader.LEAST_MOST);

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void aFrameIsReadWhenAllOfItHasArrived() {
        ByteBuffer in = bytes("00 000003 00 01 00000005 616263 00");
        in.position(1);
        for (int end = 1; end < 13; end++) {
            assertEquals(Found.MORE, reader.next(in.limit(end)));
        }
        assertEquals(Found.FRAME, reader.next(in.limit(14)));
        assertEquals(1, in.position());
        assertEquals(FrameType.DATA, reader.type());
        assertEquals(5, reader.stream());
        assertTrue(reader.has(Flags.END_STREAM));
        assertFalse(reader.has(Flags.PADDED));
        assertEquals(10, reader.payloadStart());
        assertEquals(13, reader.payloadEnd());
        assertEquals(13, reader.frameEnd());
    }

    @ParameterizedTest
    @CsvSource({
        "DATA in its padding,                 000005 00 08 00000001 02 6162 0000, 10, 12",
        "DATA of padding only,                000003 00 08 00000001 02 0000, 10, 10",
        "DATA of nothing,                     000000 00 00 00000001, 9, 9",
        "HEADERS behind a priority,           000007 01 20 00000001 0000000000 8286, 14, 16",
        "HEADERS with both,                   000008 01 28 00000001 01 0000000000 82 00, 15, 16",
        "a reserved bit is ignored,           000001 00 00 80000001 61, 9, 10",
        "PRIORITY of any length,              000001 02 00 00000001 00, 9, 10",
        "an unknown type,                     000001 77 ff 00000000 00, 9, 10",
        "an unknown flag,                     000000 04 f0 00000000, 9, 9",
    })
    void thePayloadIs(String what, String frame, int from, int to) {
        assertEquals(Found.FRAME, reader.next(bytes(frame)), what);
        assertEquals(from, reader.payloadStart(), what);
        assertEquals(to, reader.payloadEnd(), what);
    }

    @ParameterizedTest
    @CsvSource({
        "a payload beyond the limit,          004001 00 00 00000001, FRAME_SIZE_ERROR",
        "one of an unknown type,              004001 77 00 00000001, FRAME_SIZE_ERROR",
        "DATA without a stream,               000000 00 00 00000000, PROTOCOL_ERROR",
        "HEADERS without a stream,            000000 01 04 00000000, PROTOCOL_ERROR",
        "PRIORITY without a stream,           000005 02 00 00000000 0000000000, PROTOCOL_ERROR",
        "RST_STREAM without a stream,         000004 03 00 00000000 00000000, PROTOCOL_ERROR",
        "PUSH_PROMISE without a stream,       000004 05 00 00000000 00000000, PROTOCOL_ERROR",
        "CONTINUATION without a stream,       000000 09 04 00000000, PROTOCOL_ERROR",
        "SETTINGS of a stream,                000000 04 00 00000001, PROTOCOL_ERROR",
        "PING of a stream,                    000008 06 00 00000001 0000000000000000, PROTOCOL_ERROR",
        "GOAWAY of a stream,                  000008 07 00 00000001 0000000000000000, PROTOCOL_ERROR",
        "PRIORITY_UPDATE of a stream,         000004 10 00 00000001 00000000, PROTOCOL_ERROR",
        "RST_STREAM of 3 octets,              000003 03 00 00000001 000000, FRAME_SIZE_ERROR",
        "WINDOW_UPDATE of 5 octets,           000005 08 00 00000000 0000000000, FRAME_SIZE_ERROR",
        "PING of 7 octets,                    000007 06 00 00000000 00000000000000, FRAME_SIZE_ERROR",
        "GOAWAY of 7 octets,                  000007 07 00 00000000 00000000000000, FRAME_SIZE_ERROR",
        "SETTINGS of 5 octets,                000005 04 00 00000000 0000000000, FRAME_SIZE_ERROR",
        "an acknowledgement with settings,    000006 04 01 00000000 000100000000, FRAME_SIZE_ERROR",
        "PRIORITY_UPDATE of 3 octets,         000003 10 00 00000000 000000, FRAME_SIZE_ERROR",
        "no room for the padding's length,    000000 00 08 00000001, FRAME_SIZE_ERROR",
        "more padding than DATA,              000002 00 08 00000001 02 00, PROTOCOL_ERROR",
        "more padding than HEADERS,           000002 01 08 00000001 ff 00, PROTOCOL_ERROR",
        "no room for a priority,              000004 01 20 00000001 00000000, FRAME_SIZE_ERROR",
        "padding in place of a priority,      000006 01 28 00000001 01 00000000 00, PROTOCOL_ERROR",
    })
    void theConnectionEndsFor(String what, String frame, ErrorCode fault) {
        assertEquals(Found.FAULT, reader.next(bytes(frame)), what);
        assertEquals(fault, reader.fault(), what);
    }

    /** A frame that is too long is refused before its payload has arrived. */
    @Test
    void aLengthIsCheckedWithTheHeader() {
        assertEquals(Found.FAULT, reader.next(bytes("ffffff 00 00 00000001")));
    }

    @Test
    void whatIsWrittenIsRead() {
        Bytes out = new Bytes(16);
        FrameWriter.settings(out, 2);
        FrameWriter.setting(out, Setting.INITIAL_WINDOW_SIZE, 65_536);
        FrameWriter.setting(out, Setting.MAX_CONCURRENT_STREAMS, 100);
        PeerSettings settings = new PeerSettings();
        assertEquals(Found.FRAME, reader.next(out.content()));
        assertNull(settings.take(payload(out)));
        assertEquals(65_536, settings.window());
        assertEquals(100, settings.streams());
        assertEquals(4096, settings.tableSize());

        FrameWriter.windowUpdate(out.clear(), 7, 0x01020304);
        assertEquals(Found.FRAME, reader.next(out.content()));
        assertEquals(FrameType.WINDOW_UPDATE, reader.type());
        assertEquals(7, reader.stream());
        assertEquals(0x01020304, payload(out).getInt());

        FrameWriter.goAway(out.clear(), 9, ErrorCode.ENHANCE_YOUR_CALM);
        assertEquals(Found.FRAME, reader.next(out.content()));
        assertEquals(9L << 32 | 11, payload(out).getLong());

        FrameWriter.pingAck(out.clear(), bytes("0102030405060708"));
        assertEquals(Found.FRAME, reader.next(out.content()));
        assertTrue(reader.has(Flags.ACK));
        assertEquals(0x0102030405060708L, payload(out).getLong());

        FrameWriter.reset(out.clear(), 3, ErrorCode.CANCEL);
        FrameWriter.settingsAck(out);
        assertEquals("0000040300000000030000000800000004" + "0100000000", hex(out));
    }

    private ByteBuffer payload(Bytes out) {
        return out.content().position(reader.payloadStart()).limit(reader.payloadEnd());
    }

    private static String hex(Bytes out) {
        byte[] bytes = new byte[out.size()];
        out.content().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void aLongHeadContinuesInFurtherFrames() {
        Bytes block = new Bytes(16).add("abcdefg");
        Bytes out = new Bytes(16);
        FrameWriter.headers(out, 1, true, block, 3);
        assertEquals("000003010100000001616263" + "000003090000000001646566" + "00000109040000000167", hex(out));
        FrameWriter.headers(out.clear(), 1, false, block, 7);
        assertEquals("00000701040000000161626364656667", hex(out));
        FrameWriter.headers(out.clear(), 1, false, new Bytes(0), 7);
        assertEquals("000000010400000001", hex(out));
    }

    @ParameterizedTest
    @CsvSource({
        "000200000002, PROTOCOL_ERROR",
        "000480000000, FLOW_CONTROL_ERROR",
        "000500003fff, PROTOCOL_ERROR",
        "000501000000, PROTOCOL_ERROR",
        "000800000002, PROTOCOL_ERROR",
        "000900000002, PROTOCOL_ERROR",
    })
    void aSettingBeyondItsRangeIsRefused(String payload, ErrorCode fault) {
        assertEquals(fault, new PeerSettings().take(bytes(payload)));
    }

    @Test
    void settingsAreTakenInTheirOrderAndUnknownOnesIgnored() {
        PeerSettings settings = new PeerSettings();
        assertNull(settings.take(
                bytes("0005 00ffffff 0003 00000001 0003 00000002 ffff ffffffff 0002 00000000 0006 00000000")));
        assertEquals(0xffffff, settings.frame());
        assertEquals(2, settings.streams());
        assertFalse(settings.push());
    }

    @Test
    void errorsHaveTheNumbersOfTheRfc() {
        assertEquals(0xb, ErrorCode.ENHANCE_YOUR_CALM.code());
        assertEquals(0xd, ErrorCode.HTTP_1_1_REQUIRED.code());
        assertEquals(ErrorCode.CANCEL, ErrorCode.of(8));
        assertEquals(ErrorCode.INTERNAL_ERROR, ErrorCode.of(14));
        assertEquals(ErrorCode.INTERNAL_ERROR, ErrorCode.of(-1));
    }
}
