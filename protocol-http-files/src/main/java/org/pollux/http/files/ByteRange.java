package org.pollux.http.files;

/**
 * Some bytes of a file.
 *
 * @param from the first
 * @param to the last
 */
record ByteRange(long from, long to) {

    long length() {
        return to - from + 1;
    }

    /** As {@code Content-Range} has it (RFC 9110, section 14.4). */
    String of(long size) {
        return "bytes " + from + '-' + to + '/' + size;
    }
}
