package org.pollux.reactor.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;

/** Writes down the frames and the end. */
class Frames implements FrameHandler {

    final List<String> frames = new ArrayList<>();
    String remainder = "";
    boolean takesRemainder;
    boolean closed;
    Optional<Throwable> cause = Optional.empty();

    private @Nullable Connection connection;

    static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes).toString();
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
    }

    @Override
    public void onFrame(Connection c, ByteBuffer frame) {
        frames.add(text(frame));
    }

    @Override
    public boolean onRemainder(Connection c, ByteBuffer rest) {
        remainder = text(rest);
        return takesRemainder;
    }

    @Override
    public void onClosed(Connection c, @Nullable Throwable why) {
        closed = true;
        cause = Optional.ofNullable(why);
    }

    Connection connection() {
        return requireNonNull(connection, "the connection was not opened");
    }

    String causeMessage() {
        return cause.map(Throwable::getMessage).orElse("none");
    }
}
