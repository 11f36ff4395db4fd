package org.pollux.http.server.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;

/** Writes down what it hears of a body. */
final class Recorder implements BodyHandler {

    private final List<String> heard = new ArrayList<>();
    private final StringBuilder bytes = new StringBuilder();
    private int takes = Integer.MAX_VALUE;
    private Runnable also = () -> {};

    /** So many bytes of a piece are taken, and the rest is left. */
    void takes(int most) {
        takes = most;
    }

    /** What else is done when bytes have come. */
    void also(Runnable action) {
        also = action;
    }

    /** What was taken. */
    String bytes() {
        return bytes.toString();
    }

    /** What else has happened, in its order. */
    void heard(String... events) {
        assertEquals(List.of(events), heard);
    }

    @Override
    public void onData(ByteBuffer in) {
        int most = Math.min(takes, in.remaining());
        for (int i = 0; i < most; i++) {
            bytes.append((char) (in.get() & 0xFF));
        }
        also.run();
    }

    @Override
    public void onEnd(Headers trailers) {
        StringBuilder text = new StringBuilder("end");
        trailers.forEach(field -> text.append(' ')
                .append(field.name().toLowerCase(java.util.Locale.ROOT))
                .append('=')
                .append(field.value()));
        heard.add(text.toString());
    }

    @Override
    public void onFailed(Throwable cause) {
        heard.add("failed");
    }
}
