package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.pollux.reactor.Interest;

/**
 * A transport on another one, for one connection: it changes the bytes on their way, or looks at them first. A stage overrides
 * {@code read} and {@code write}, and of the rest what is different for it.
 *
 * <p>An exception other than {@link IOException} is a fault of the stage: only its connection is aborted.
 */
public abstract class Stage implements Transport {

    protected final StageContext context;
    protected final Transport below;
    private boolean established;

    protected Stage(StageContext context, Transport below) {
        this.context = context;
        this.below = below;
    }

    /** Goes on with its own handshake, when that of the stages below is done; see {@link Transport#handshake}. */
    protected boolean shake() throws IOException {
        return true;
    }

    @Override
    public final boolean handshake() throws IOException {
        if (!established) {
            established = below.handshake() && shake();
        }
        return established;
    }

    /** Reads the file and writes what it has read. A stage that leaves the bytes as they are passes the call on instead. */
    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return context.copy(file, position, count, this);
    }

    @Override
    public void flush() throws IOException {
        below.flush();
    }

    @Override
    public int kept() {
        return below.kept();
    }

    @Override
    public boolean finish() throws IOException {
        return below.finish();
    }

    @Override
    public Interest wants(Interest asked) {
        return below.wants(asked);
    }

    @Override
    public boolean hasMore() {
        return below.hasMore();
    }

    @Override
    public void free() {
        below.free();
    }
}
