package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Handle;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/**
 * Reads the header of one connection. The bytes that were read behind it come first; then it is not in the way of the bytes. For
 * the loop's thread.
 */
final class ProxyStage extends Stage {

    /** Holds all of version 1, and of version 2 with usual fields. */
    private static final int USUAL = 256;

    private final Handle deadline;
    private boolean late;

    /** What was read until the header is whole, and then what was read behind it; null when that is taken. */
    private @Nullable ByteBuffer held = ByteBuffer.allocate(USUAL);

    private boolean done;

    /** Has a deadline of its own, because that of TLS above is later. */
    ProxyStage(StageContext context, Transport below) {
        super(context, below);
        this.deadline = context.connection().reactor().after(ProxyStages.TIMEOUT, _ -> {
            late = true;
            context.proceed();
        });
    }

    // ---- the header

    @Override
    protected boolean shake() throws IOException {
        if (late) {
            throw new SocketTimeoutException(
                    "The PROXY header did not come within " + ProxyStages.TIMEOUT.toSeconds() + " s");
        }
        ByteBuffer in = held;
        while (in != null && below.read(in) > 0) {
            ProxyHeader header = ProxyHeader.read(in.duplicate().flip());
            if (header != null) {
                told(header, in);
                return true;
            }
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(ProxyHeader.LONGEST).put(in.flip());
                held = in;
            }
        }
        return false;
    }

    private void told(ProxyHeader header, ByteBuffer in) {
        deadline.close();
        done = true;
        in.flip().position(header.length());
        held = in.hasRemaining() ? in : null;
        Connection connection = context.connection();
        ProxyHeader.Route route = header.route();
        ProxyFields fields = header.fields();
        context.relayed(
                new ProxyInfo(
                        route != null,
                        connection.remote(),
                        connection.local(),
                        fields.alpn(),
                        fields.authority(),
                        fields.tls()),
                route == null ? connection.remote() : route.client(),
                route == null ? connection.local() : route.destination());
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
        return (done && held != null) || super.hasMore();
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return below.write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return below.transferFrom(file, position, count);
    }

    @Override
    public void free() {
        deadline.close();
        super.free();
    }
}
