package org.pollux.http.files;

/**
 * A range of bytes of a file.
 *
 * @param from the first byte
 * @param to the last byte
 */
record ByteRange(long from, long to) {

    long length() {
        return to - from + 1;
    }

    /** The value for {@code Content-Range} (RFC 9110, section 14.4). */
    String of(long size) {
        return "bytes " + from + '-' + to + '/' + size;
    }
}
