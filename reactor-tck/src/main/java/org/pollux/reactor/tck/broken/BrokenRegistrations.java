package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Source;

/** The faults between a source and its registration; {@link Fault} describes each. */
final class BrokenRegistrations {

    private BrokenRegistrations() {}

    /** P5. */
    static final class EdgeTriggered extends Relay {

        private boolean told;

        EdgeTriggered(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            if (!told) {
                told = true;
                super.onReady(ready);
            }
        }
    }

    /** P6. */
    static final class Splitting extends Relay {

        Splitting(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            if (ready.reads()) {
                super.onReady(Interest.READ);
            }
            if (ready.writes()) {
                super.onReady(Interest.WRITE);
            }
        }
    }

    /** P8. */
    static final class ConnectAsRead extends Relay {

        ConnectAsRead(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            boolean connecting = channel() instanceof SocketChannel socket && socket.isConnectionPending();
            super.onReady(connecting ? Interest.READ : ready);
        }
    }

    /** P12. */
    static final class Swallowing extends Relay {

        Swallowing(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            try {
                super.onReady(ready);
            } catch (RuntimeException | Error swallowed) {
                // that is the fault
            }
        }
    }

    /** P15. */
    static final class Widening extends Relay {

        private Interest widest = Interest.NONE;

        Widening(Source source) {
            super(source);
        }

        @Override
        public void interest(Interest interest) throws IOException {
            widest = widest.or(interest);
            super.interest(widest);
        }
    }

    /** P19. */
    static final class EndingEarly extends Relay {

        EndingEarly(Source source) {
            super(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = super.read(target);
            return count == 0 ? -1 : count;
        }
    }

    /** P20. */
    static final class IgnoringTheRange extends Relay {

        IgnoringTheRange(Source source) {
            super(source);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return super.write(data, 0, from + count);
        }
    }

    /** P22. */
    static final class SendingFromItsPlace extends Relay {

        SendingFromItsPlace(Source source) {
            super(source);
        }

        @Override
        public long transferFrom(FileChannel file, long position, long count) throws IOException {
            return super.transferFrom(file, file.position(), count);
        }
    }

    /** Takes some bytes from the stream before a read, and returns them first. */
    static class ReadingAhead extends Relay {

        private final ByteBuffer ahead = ByteBuffer.allocate(16).limit(0);
        private boolean ended;

        ReadingAhead(Source source) {
            super(source);
        }

        final void readAhead() {
            if (ahead.hasRemaining() || ended || !(channel() instanceof ReadableByteChannel)) {
                return;
            }
            ahead.clear();
            try {
                ended = super.read(ahead) < 0;
            } catch (IOException e) {
                ended = true;
            }
            ahead.flip();
        }

        /** Reads the system's bytes, and bypasses the bytes here. */
        final int readPast(ByteBuffer target) throws IOException {
            return super.read(target);
        }

        final boolean isAtTheEnd() {
            return ended && !ahead.hasRemaining();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int before = target.position();
            while (ahead.hasRemaining() && target.hasRemaining()) {
                target.put(ahead.get());
            }
            int more = ended ? -1 : super.read(target);
            int count = target.position() - before;
            return count > 0 ? count : more;
        }
    }

    /** P9. */
    static final class HidingTheEnd extends ReadingAhead {

        HidingTheEnd(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            if (ready.reads()) {
                readAhead();
            }
            if (!isAtTheEnd()) {
                super.onReady(ready);
            }
        }
    }

    /** P21. */
    static final class Losing extends ReadingAhead {

        Losing(Source source) {
            super(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = super.read(target);
            readAhead();
            return count;
        }
    }

    /** P25. */
    static final class NewestFirst extends ReadingAhead {

        NewestFirst(Source source) {
            super(source);
        }

        @Override
        public void onReady(Interest ready) {
            if (isStream() && ready.reads()) {
                readAhead();
            }
            super.onReady(ready);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = isStream() ? readPast(target) : 0;
            return count > 0 ? count : super.read(target);
        }
    }

    /** P27. */
    static final class EndingAtOnce extends Relay {

        EndingAtOnce(Source source) {
            super(source);
        }

        @Override
        public void shutdownOutput() throws IOException {
            ((SocketChannel) channel()).shutdownOutput();
        }
    }
}
