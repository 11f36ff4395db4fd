package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Passage;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/**
 * Leads one connection through a proxy. Bytes of the server that were read behind the proxy's response come first; then it is not
 * in the way of the bytes. For the loop's thread.
 */
final class PassageStage extends Stage {

    /** Holds usual responses; a longer one gets more. */
    private static final int USUAL = 512;

    /** No response is longer, whatever the passage says. */
    private static final int LONGEST = 64 * 1024;

    private final Passage passage;
    private final ByteBuffer[] request;
    private boolean free;

    /** What was read of the response, and then what was read behind it; null when that is taken. */
    private @Nullable ByteBuffer held = ByteBuffer.allocate(USUAL);

    PassageStage(StageContext context, Transport below, Passage passage) {
        super(context, below);
        this.passage = passage;
        this.request = new ByteBuffer[] {passage.request()};
    }

    // ---- the passage

    @Override
    protected boolean shake() throws IOException {
        flush();
        ByteBuffer in = held;
        while (in != null && below.read(in) > 0) {
            ByteBuffer response = in.duplicate().flip();
            if (passage.response(response)) {
                free = true;
                held = response.hasRemaining() ? response : null;
                return true;
            }
            in = room(in);
            held = in;
        }
        return false;
    }

    private static ByteBuffer room(ByteBuffer in) throws IOException {
        if (in.hasRemaining()) {
            return in;
        }
        if (in.capacity() == LONGEST) {
            throw new IOException("The response of the proxy is longer than " + LONGEST + " bytes");
        }
        return ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (request[0].hasRemaining()) {
            below.write(request, 0, 1);
        }
    }

    @Override
    public int kept() {
        return request[0].remaining() + super.kept();
    }

    // ---- bytes

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
        return (free && held != null) || super.hasMore();
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
