package org.pollux.reactor.runtime.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/**
 * Stands before a stream's registration for as long as there is something that the poller before has handed over: bytes to read
 * first, bytes to send first, or how the stream has broken. Then it leaves its place to the registration. So nothing above
 * knows that bytes were handed over, and a stream without such bytes pays nothing. The bytes count as memory of the source.
 *
 * <p>For the loop's thread.
 */
@SuppressWarnings("ReferenceEquality") // a registration is itself and no other
final class HandedOver implements Registration {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private Registered source;
    private final Consumer<Runnable> defer;

    private Registration behind;

    /** Each from the position to the limit. */
    private ByteBuffer received = NOTHING;

    private final ByteBuffer[] unsent = {NOTHING};

    /** Left by a poller still before that. */
    private ByteBuffer leftBefore = NOTHING;

    private @Nullable IOException failure;

    /** The interest of the source. */
    private Interest interest;

    private boolean willTell;

    /**
     * Stands before a source's next registration.
     *
     * @param defer runs a task on the loop, soon
     */
    HandedOver(Registered source, Registration behind, Consumer<Runnable> defer) {
        this.source = source;
        this.behind = behind;
        this.defer = defer;
        this.interest = source.interest;
    }

    /** Another source has the channel from now on. */
    void passTo(Registered successor) {
        source = successor;
        source.handedOver(received.remaining(), unsent[0].remaining());
    }

    // ---- during the exchange

    /** Another poller follows before all of this was taken. The unsent bytes of the present one go before these. */
    void standBefore(Registration next) {
        behind = next;
        leftBefore = unsent[0];
        unsent[0] = NOTHING;
    }

    void receivedAhead(ByteBuffer bytes) {
        source.handedOver(bytes.remaining(), 0);
        received = joined(received, bytes);
    }

    void leftUnsent(ByteBuffer bytes) {
        source.handedOver(0, bytes.remaining());
        unsent[0] = joined(unsent[0], bytes);
    }

    void broken(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    /** The exchange is over. */
    void begin() {
        unsent[0] = joined(unsent[0], leftBefore);
        leftBefore = NOTHING;
        if (unsent[0].hasRemaining()) {
            try {
                behind.interest(interest.or(Interest.WRITE));
            } catch (IOException e) {
                broken(e);
            }
        }
        tellLater();
    }

    // ---- towards the source

    /** Has the source read in a task, because its poller may have nothing to report. */
    private void tellLater() {
        if (!willTell && interest.reads() && mustBeRead()) {
            willTell = true;
            defer.accept(this::tell);
        }
    }

    private boolean mustBeRead() {
        return received.hasRemaining() || failure != null;
    }

    private void tell() {
        willTell = false;
        if (isInPlace() && interest.reads()) {
            int before = received.remaining();
            source.onReady(Interest.READ);
            if (received.remaining() < before) { // otherwise it is asked again when its interest changes
                tellLater();
            }
        }
    }

    private boolean isInPlace() {
        return source.registration == this;
    }

    /** First sends the unsent bytes, and returns the readiness that is still to be reported to the source. */
    Interest sendFirst(Interest ready) {
        try {
            return Interest.of(ready.reads(), isSent()).and(interest);
        } catch (IOException e) {
            broken(e);
            return interest; // whatever it does now throws that
        }
    }

    private boolean isSent() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (unsent[0].hasRemaining()) {
            source.handedOver(0, -behind.write(unsent, 0, 1));
            if (unsent[0].hasRemaining()) {
                return false;
            }
            behind.interest(interest);
            leave();
        }
        return true;
    }

    private void leave() {
        if (isInPlace() && !mustBeRead() && !unsent[0].hasRemaining()) {
            source.registration = behind;
        }
    }

    // ---- Registration

    @Override
    public Source source() {
        return source;
    }

    @Override
    public void interest(Interest wanted) throws IOException {
        behind.interest(unsent[0].hasRemaining() ? wanted.or(Interest.WRITE) : wanted);
        interest = wanted;
        tellLater();
    }

    @Override
    public void remove() throws IOException {
        try {
            isSent();
        } catch (IOException lost) {
            // as the stream is
        } finally {
            behind.remove();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (received.hasRemaining()) {
            int count = Math.min(received.remaining(), target.remaining());
            target.put(target.position(), received, received.position(), count).position(target.position() + count);
            received.position(received.position() + count);
            source.handedOver(-count, 0);
            leave();
            return count;
        }
        if (failure != null) {
            throw failure;
        }
        return behind.read(target);
    }

    @Override
    public long write(ByteBuffer[] data, int from, int count) throws IOException {
        return isSent() ? behind.write(data, from, count) : 0;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return isSent() ? behind.transferFrom(file, position, count) : 0;
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (isSent()) {
            behind.shutdownOutput();
        }
    }

    @Override
    public boolean hasUnsent() {
        return failure == null && (unsent[0].hasRemaining() || behind.hasUnsent());
    }
}
