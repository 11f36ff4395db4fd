package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The unsent rest of a part of a file. */
final class FilePart {

    /** The most that is sent at once, and so a connection's share of a turn. */
    static final long SHARE = 1024 * 1024;

    private final FileChannel file;
    private long offset;
    private long rest;

    FilePart(FileChannel file, long from, long count) {
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "A part of a file begins and ends in it, but this has " + count + " bytes from " + from);
        }
        this.file = file;
        this.offset = from;
        this.rest = count;
    }

    long rest() {
        return rest;
    }

    /**
     * Hands to the transport what it takes in one call.
     *
     * @return how many bytes that was
     * @throws IllegalStateException when the file has become too short: nothing can follow what was announced
     */
    long sendTo(Transport transport) throws IOException {
        long taken = transport.transferFrom(file, offset, Math.min(rest, SHARE));
        if (taken <= 0 && offset >= file.size()) {
            throw new IllegalStateException("A file ends at " + file.size() + ", before the last " + rest
                    + " bytes that were to be sent of it: it was changed meanwhile");
        }
        offset += taken;
        rest -= taken;
        return taken;
    }
}
