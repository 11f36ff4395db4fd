package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/**
 * Reads a prelude, the bytes of a proxy before those of the peer. The peer's bytes that were read with it come first; then the stage is not in
 * the way of the bytes. For the loop's thread.
 */
abstract class PreludeStage extends Stage {

    private final String name;
    private final int longest;
    private boolean whole;

    /** What was read of the prelude, and then what was read behind it; null when that is taken. */
    private @Nullable ByteBuffer held;

    /**
     * A stage that has read nothing.
     *
     * @param name of the prelude, for a failure
     * @param usual how many bytes a usual one has; a longer one gets more room
     * @param longest how many bytes one may have
     */
    PreludeStage(StageContext context, Transport below, String name, int usual, int longest) {
        super(context, below);
        this.name = name;
        this.longest = longest;
        this.held = ByteBuffer.allocate(usual);
    }

    /**
     * Reads the prelude.
     *
     * @param received all that has come
     * @return whether it is whole; the position is then behind it
     * @throws IOException if it is wrong
     */
    abstract boolean take(ByteBuffer received) throws IOException;

    @Override
    protected boolean shake() throws IOException {
        ByteBuffer in = held;
        while (in != null && below.read(in) > 0) {
            ByteBuffer received = in.duplicate().flip();
            if (take(received)) {
                whole = true;
                held = received.hasRemaining() ? received : null;
                return true;
            }
            in = room(in);
            held = in;
        }
        return false;
    }

    private ByteBuffer room(ByteBuffer in) throws IOException {
        if (in.hasRemaining()) {
            return in;
        }
        if (in.capacity() >= longest) {
            throw new IOException(name + " is longer than " + longest + " bytes");
        }
        return ByteBuffer.allocate(Math.min(2 * in.capacity(), longest)).put(in.flip());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer first = held;
        if (first == null) {
            return below.read(target);
        }
        int count = Math.min(first.remaining(), target.remaining());
        target.put(target.position(), first, first.position(), count).position(target.position() + count);
        if (!first.position(first.position() + count).hasRemaining()) {
            held = null;
        }
        return count;
    }

    @Override
    public boolean hasMore() {
        return (whole && held != null) || super.hasMore();
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return below.write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return below.transferFrom(file, position, count);
    }
}
