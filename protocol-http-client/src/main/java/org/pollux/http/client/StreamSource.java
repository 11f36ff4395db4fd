package org.pollux.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** A blocking stream as the body of a request. See {@link HttpRequestBody#from}. */
record StreamSource(InputStream in) implements HttpRequestBody {

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isReplayable() {
        return false;
    }

    @Override
    public void open(HttpRequestStream stream) {
        Semaphore room = new Semaphore(0);
        var _ = stream.onDrained(room::release).onClosed(room::release);
        Thread.ofVirtual().name("pollux-request-body").start(() -> copy(stream, room));
    }

    private void copy(HttpRequestStream stream, Semaphore room) {
        byte[] piece = new byte[Bodies.PIECE];
        try (in) {
            int count = in.read(piece);
            while (count >= 0 && stream.isOpen()) {
                if (!stream.write(ByteBuffer.wrap(piece, 0, count))) {
                    room.acquire();
                }
                count = in.read(piece);
            }
            stream.close();
        } catch (IOException | InterruptedException | RuntimeException e) {
            stream.abort(e);
        }
    }
}
