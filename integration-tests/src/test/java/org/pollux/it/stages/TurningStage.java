package org.pollux.it.stages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/**
 * Adds a number to every byte that goes out, and takes it from every byte that comes in. As TLS's engine does, it keeps what the
 * system does not take. One that is late presents what it reads one read later, when the socket has nothing perhaps.
 */
final class TurningStage extends Stage {

    private static final int KEPT = 16 * 1024;

    private final int by;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(KEPT).flip();
    private final ByteBuffer[] vector = {out};
    private final boolean late;
    private boolean freed;

    /** Thrown by reads and writes from now on; null when nothing is. */
    private @Nullable RuntimeException fault;

    private TurningStage(StageContext context, Transport below, int by, boolean late) {
        super(context, below);
        this.by = by;
        this.late = late;
    }

    /** Stages that add this number, and are late. */
    static StageFactory by(int number) {
        return by(number, true, _ -> {});
    }

    /** The same with what a test hears of each. */
    static StageFactory by(int number, boolean late, Consumer<TurningStage> onOpen) {
        return new StageFactory() {
            @Override
            public String name() {
                return "turning";
            }

            @Override
            public Stage open(StageContext context, Transport below) {
                TurningStage made = new TurningStage(context, below, number, late);
                onOpen.accept(made);
                return made;
            }
        };
    }

    /** What it makes of bytes that go out. */
    static byte[] turned(byte[] plain, int by) {
        byte[] turned = plain.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] += (byte) by;
        }
        return turned;
    }

    void failWith(RuntimeException thrown) {
        fault = thrown;
    }

    boolean isFreed() {
        return freed;
    }

    StageContext context() {
        return context;
    }

    private void failIfAsked() {
        RuntimeException thrown = fault;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        failIfAsked();
        if (!in.hasRemaining()) {
            int count = below.read(in.clear());
            in.flip();
            if (count <= 0 || late) {
                return Math.min(count, 0);
            }
        }
        int count = Math.min(in.remaining(), target.remaining());
        for (int i = 0; i < count; i++) {
            target.put((byte) (in.get() - by));
        }
        return count;
    }

    @Override
    public boolean hasMore() {
        return in.hasRemaining() || below.hasMore();
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        failIfAsked();
        long taken = 0;
        for (int i = from; i < from + count; i++) {
            while (data[i].hasRemaining()) {
                flush();
                if (out.hasRemaining()) {
                    return taken;
                }
                taken += turn(data[i]);
            }
        }
        flush();
        return taken;
    }

    private int turn(ByteBuffer plain) {
        out.clear();
        int count = Math.min(plain.remaining(), out.remaining());
        for (int i = 0; i < count; i++) {
            out.put((byte) (plain.get() + by));
        }
        out.flip();
        return count;
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (out.hasRemaining()) {
            below.write(vector, 0, 1);
        }
    }

    @Override
    public int kept() {
        return out.remaining() + below.kept();
    }

    @Override
    public void free() {
        freed = true;
        super.free();
    }
}
