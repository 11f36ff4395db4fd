package org.pollux.reactor.runtime.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.Consumer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Key;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.tls.TlsInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of one connection, seen as one transport: the same class for all, so that the way of the bytes knows two classes at
 * most.
 */
final class Stages implements Transport, StageContext {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    /** Beside the connections that have it: the others pay nothing. */
    static final Key<TlsInfo> TLS = Key.named("TLS");

    static final Key<ProxyInfo> PROXY = Key.named("PROXY");

    private final Stream stream;
    private Transport top;

    private Stages(Stream stream) {
        this.stream = stream;
        this.top = stream;
    }

    /**
     * Puts stages on a connection's socket.
     *
     * @param factories the lowest first
     * @throws IOException when a stage cannot be made; those below it are freed
     */
    static Stages of(Stream stream, List<StageFactory> factories) throws IOException {
        Stages stages = new Stages(stream);
        try {
            for (StageFactory factory : factories) {
                stages.top = factory.open(stages, stages.top);
            }
            return stages;
        } catch (IOException | RuntimeException | Error e) {
            stages.free();
            throw e;
        }
    }

    /** Calls with each stage, the top one first. */
    void forEach(Consumer<Stage> action) {
        Transport next = top;
        while (next instanceof Stage stage) {
            next = stage.below;
            action.accept(stage);
        }
    }

    // ---- Transport

    @Override
    public int read(ByteBuffer target) throws IOException {
        return top.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return top.write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return top.transferFrom(file, position, count);
    }

    @Override
    public void flush() throws IOException {
        top.flush();
    }

    @Override
    public int kept() {
        return top.kept();
    }

    @Override
    public boolean finish() throws IOException {
        return top.finish();
    }

    @Override
    public Interest wants(Interest asked) {
        return top.wants(asked);
    }

    @Override
    public boolean hasMore() {
        return top.hasMore();
    }

    @Override
    public boolean handshake() throws IOException {
        return top.handshake();
    }

    @Override
    public void free() {
        try {
            top.free();
        } catch (RuntimeException | Error fault) { // the connection still ends
            LOG.error("The stages of {} were not freed well", stream, fault);
        }
    }

    // ---- StageContext

    @Override
    public Connection connection() {
        return stream;
    }

    @Override
    public void pauseReading() {
        stream.pauseReading(StreamInput.Pause.STAGE);
    }

    @Override
    public void resumeReading() {
        stream.resumeReading(StreamInput.Pause.STAGE);
    }

    @Override
    public void proceed() {
        stream.loop.deferAndWake(stream::proceed);
    }

    @Override
    public long turn() {
        return stream.loop.counters().turns();
    }

    @Override
    public void established(TlsInfo info) {
        stream.attribute(TLS, info);
    }

    @Override
    public void relayed(ProxyInfo info, SocketAddress remote, SocketAddress local) {
        stream.attribute(PROXY, info);
        stream.remote = remote;
        stream.local = local;
    }

    @Override
    public long copy(FileChannel file, long position, long count, Transport to) throws IOException {
        ByteBuffer[] piece = stream.loop.buffers().file();
        long taken = 0;
        while (taken < count) {
            ByteBuffer in = piece[0].clear().limit((int) Math.min(piece[0].capacity(), count - taken));
            if (file.read(in, position + taken) <= 0) {
                break;
            }
            int read = in.flip().limit();
            to.write(piece, 0, 1);
            taken += in.position();
            if (in.position() < read || to.kept() > 0) {
                break; // the rest is read again when the stage takes it
            }
        }
        return taken;
    }
}
