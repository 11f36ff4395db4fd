package org.pollux.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends the output of commands to the client. A zero byte is sent twice, so that a single one marks the end of a response.
 */
final class ResponseStream extends OutputStream {

    private final OutputStream client;

    ResponseStream(OutputStream client) {
        this.client = client;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int count) throws IOException {
        int sent = from;
        for (int i = from; i < from + count; i++) {
            if (data[i] == 0) {
                client.write(data, sent, i + 1 - sent);
                sent = i; // the next piece begins with the same zero
            }
        }
        client.write(data, sent, from + count - sent);
    }

    /** Ends a response. */
    void end(int status) throws IOException {
        client.write("\0%03d\n".formatted(status).getBytes(StandardCharsets.US_ASCII));
    }
}
