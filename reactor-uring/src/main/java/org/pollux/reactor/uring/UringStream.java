package org.pollux.reactor.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Source;

/**
 * A stream: its input receives ahead, and its output sends later. Until it is connected it is polled.
 *
 * <p>A failure is told by the next read or write, and by all that follow.
 */
final class UringStream extends UringRegistration {

    private final SocketChannel socket;
    private final UringInput input;
    private final UringOutput output;
    private final Readiness readiness;
    private Interest connecting = Interest.NONE;
    private boolean connected;

    private @Nullable IOException failure;
    private boolean failureTold;

    UringStream(Equipment equipment, Source source, Interest interest) {
        super(equipment, source, interest);
        socket = (SocketChannel) channel();
        input = new UringInput(this, socket);
        output = new UringOutput(this, socket);
        readiness = new Readiness(equipment.operations(), descriptor);
    }

    boolean isConnected() {
        if (!connected) {
            connected = socket.isConnected();
        }
        return connected;
    }

    // ---- in a poll

    @Override
    boolean submit(Ring ring) throws IOException {
        if (!isConnected()) {
            connecting = Interest.NONE;
            readiness.watch(interest(), ring);
            return false;
        }
        output.submit(ring);
        if (failure == null) {
            input.submit(ring, interest().reads());
        }
        boolean waits = failure == null && output.waitsForRoom(interest().writes());
        readiness.watch(waits ? Interest.WRITE : Interest.NONE, ring);
        return ready().and(interest()) != Interest.NONE;
    }

    @Override
    void completed(long id, int result, int flags) {
        if (input.is(id)) {
            input.completed(result, flags);
        } else if (output.is(id)) {
            output.completed(result);
        } else if (readiness.is(id)) {
            Interest found = readiness.completed(result);
            if (isConnected()) {
                output.hasRoom(/* broken= */ found.reads());
            } else {
                connecting = found;
            }
        } else {
            equipment.buffers().giveBack(flags);
        }
    }

    @Override
    Interest turned() {
        output.turned();
        return ready();
    }

    private Interest ready() {
        if (!isConnected()) {
            return connecting;
        }
        return failure != null ? Interest.READ_WRITE : Interest.of(input.isReady(), output.isReady());
    }

    @Override
    void forgetRing() {
        input.forgetRing();
        readiness.forget();
    }

    // ---- on behalf of the source

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireUsable();
        if (!input.isAhead()) {
            throwFailure();
        }
        return input.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        requireUsable();
        throwFailure();
        return output.write(data, from, count);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (!flushed()) {
            return 0;
        }
        long taken = super.transferFrom(file, position, count);
        output.took(taken, count);
        return taken;
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (flushed()) {
            super.shutdownOutput();
            output.finish();
        }
    }

    private boolean flushed() throws IOException {
        requireUsable();
        output.flush();
        throwFailure();
        return !output.hasUnsent();
    }

    @Override
    public boolean hasUnsent() {
        return failure == null && output.hasUnsent();
    }

    // ---- failures

    /** The system has reported how the stream is broken. */
    void broken(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** The same, and the source knows it. */
    void brokenAndTold(IOException cause) {
        broken(cause);
        failureTold = true;
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            failureTold = true;
            throw failure;
        }
    }

    // ---- the end

    @Override
    void handOver(Handover to) {
        if (isConnected()) {
            input.handOver(to);
            output.handOver(to);
            if (failure != null && !failureTold) {
                to.failed(source(), failure);
            }
        }
    }

    @Override
    void cancelAll() {
        input.cancel();
        readiness.cancel();
    }

    @Override
    protected void release() {
        if (channel().isOpen()) {
            output.flush();
        }
        cancelAll();
        input.clear();
        output.clear();
        equipment.registrations().forget(this);
    }
}
