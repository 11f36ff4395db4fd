package org.pollux.http.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Several ranges of a file in one body (RFC 9110, section 14.6). */
final class Multipart {

    private static final int PIECE = 64 * 1024;

    private final List<ByteRange> ranges;
    private final long size;
    private final String type;
    private final String boundary;

    /**
     * Frames some ranges.
     *
     * @param size size of the whole file
     * @param type type of the file
     * @param boundary a text that almost certainly does not occur in the file
     */
    Multipart(List<ByteRange> ranges, long size, String type, String boundary) {
        this.ranges = ranges;
        this.size = size;
        this.type = type;
        this.boundary = boundary;
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** How many bytes {@link #write} writes. */
    long length() {
        long length = end().length;
        for (ByteRange range : ranges) {
            length += head(range).length + range.length();
        }
        return length;
    }

    void write(FileChannel file, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (ByteRange range : ranges) {
            out.write(head(range));
            write(file, range, piece, out);
        }
        out.write(end());
    }

    private static void write(FileChannel file, ByteRange range, byte[] piece, OutputStream out) throws IOException {
        long at = range.from();
        while (at <= range.to()) {
            int wanted = (int) Math.min(PIECE, range.to() + 1 - at);
            int count = file.read(ByteBuffer.wrap(piece, 0, wanted), at);
            if (count < 0) {
                throw new EOFException("The file ends at " + at + ": it was changed while it was sent");
            }
            out.write(piece, 0, count);
            at += count;
        }
    }

    private byte[] head(ByteRange range) {
        String head =
                "\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: " + range.of(size) + "\r\n\r\n";
        return head.getBytes(ISO_8859_1);
    }

    private byte[] end() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(ISO_8859_1);
    }
}
