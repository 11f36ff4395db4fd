package org.pollux.config.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The text of a file in UTF-8, or in UTF-16 if it begins with a byte order mark. */
final class CfgText {

    private CfgText() {}

    static String decode(byte[] bytes) throws BadFileException {
        if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
            return text(bytes, 3, StandardCharsets.UTF_8);
        }
        if (begins(bytes, 0xFE, 0xFF)) {
            return text(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (begins(bytes, 0xFF, 0xFE)) {
            return text(bytes, 2, StandardCharsets.UTF_16LE);
        }
        return text(bytes, 0, StandardCharsets.UTF_8);
    }

    private static boolean begins(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, Charset charset) throws BadFileException {
        String text;
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from).slice();
        try {
            text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            int at = from + in.position();
            throw new BadFileException(
                    "it is not " + charset
                            + ": byte %02X in line %d cannot be read. Save it as UTF-8"
                                    .formatted(at < bytes.length ? bytes[at] & 0xFF : 0, line(bytes, at)),
                    e);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
                throw new BadFileException("it is not text: it has a control character (%02X) in line %d"
                        .formatted((int) c, text.substring(0, i).lines().count()));
            }
        }
        return text;
    }

    private static int line(byte[] bytes, int at) {
        int line = 1;
        for (int i = 0; i < at && i < bytes.length; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
