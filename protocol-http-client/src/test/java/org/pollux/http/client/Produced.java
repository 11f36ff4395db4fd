package org.pollux.http.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A body that the test produces by hand. */
final class Produced implements HttpRequestBody {

    private final OptionalLong length;
    private final boolean replayable;
    private @Nullable HttpRequestStream stream;
    int opened;
    int drained;
    int closed;

    private Produced(OptionalLong length, boolean replayable) {
        this.length = length;
        this.replayable = replayable;
    }

    static Produced once() {
        return new Produced(OptionalLong.empty(), false);
    }

    static Produced again() {
        return new Produced(OptionalLong.empty(), true);
    }

    static Produced ofLength(long bytes) {
        return new Produced(OptionalLong.of(bytes), false);
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public boolean isReplayable() {
        return replayable;
    }

    @Override
    public void open(HttpRequestStream next) {
        stream = next.onDrained(() -> drained++).onClosed(() -> closed++);
        opened++;
    }

    HttpRequestStream stream() {
        HttpRequestStream now = stream;
        if (now == null) {
            throw new AssertionError("the body was not opened");
        }
        return now;
    }

    boolean write(String text) {
        return stream().write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
}
