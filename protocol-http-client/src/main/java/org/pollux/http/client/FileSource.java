package org.pollux.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** A file as the body of a request. See {@link HttpRequestBody#file}. */
record FileSource(Path file, long size) implements HttpRequestBody {

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public void open(HttpRequestStream stream) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        Reading reading = new Reading(channel, stream, size);
        var _ = stream.onClosed(reading::end).onDrained(reading::goOn);
        reading.goOn();
    }

    /** For the reactor's thread. */
    private static final class Reading {

        private final FileChannel channel;
        private final HttpRequestStream stream;
        private final ByteBuffer piece = ByteBuffer.allocate(Bodies.PIECE);
        private long left;

        Reading(FileChannel channel, HttpRequestStream stream, long size) {
            this.channel = channel;
            this.stream = stream;
            this.left = size;
        }

        void goOn() {
            try {
                boolean more = true;
                while (left > 0 && more) {
                    piece.clear().limit((int) Math.min(piece.capacity(), left));
                    int count = channel.read(piece);
                    if (count < 0) {
                        throw new IOException("the file has become shorter: " + left + " bytes are missing");
                    }
                    left -= count;
                    more = stream.write(piece.flip());
                }
                if (left == 0) {
                    stream.close();
                }
            } catch (IOException e) {
                stream.abort(e);
            }
        }

        void end() {
            try {
                channel.close();
            } catch (IOException _) {
                // it was only read
            }
        }
    }
}
