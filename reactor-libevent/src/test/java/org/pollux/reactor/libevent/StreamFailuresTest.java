package org.pollux.reactor.libevent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;

/** A registration fails as its channel does: each case is tried on two streams, once by either. */
class StreamFailuresTest {

    /** What is done to a stream before, and after that to its near end. */
    private interface Step {
        void on(Stream stream, End near) throws IOException;
    }

    /** Reads or writes a little. */
    private interface End {
        long read() throws IOException;

        long write() throws IOException;
    }

    private Poller poller;

    @BeforeEach
    void open() throws IOException {
        poller = new LibeventBackend().open();
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
    }

    @Test
    void readingAfterAReset() throws IOException {
        assertFailsAsTheChannel(SocketException.class, (stream, near) -> {
            stream.reset();
            near.read();
        });
    }

    @Test
    void readingOnceMoreAfterAReset() throws IOException {
        assertFailsAsTheChannel(SocketException.class, (stream, near) -> {
            stream.reset();
            assertThrows(SocketException.class, near::read);
            near.read();
        });
    }

    @Test
    void writingAfterAReset() throws IOException {
        assertFailsAsTheChannel(IOException.class, (stream, near) -> {
            stream.reset();
            near.write();
        });
    }

    @Test
    void writingOnceMoreAfterAReset() throws IOException {
        assertFailsAsTheChannel(IOException.class, (stream, near) -> {
            stream.reset();
            assertThrows(IOException.class, near::write);
            near.write();
        });
    }

    @Test
    void writingAfterTheOwnEnd() throws IOException {
        assertFailsAsTheChannel(ClosedChannelException.class, (stream, near) -> {
            stream.near().shutdownOutput();
            near.write();
        });
    }

    @Test
    void afterTheClose() throws IOException {
        for (Step step : new Step[] {(stream, near) -> near.read(), (stream, near) -> near.write()}) {
            assertFailsAsTheChannel(ClosedChannelException.class, (stream, near) -> {
                stream.near().close();
                step.on(stream, near);
            });
        }
    }

    @Test
    void beforeTheConnect() throws IOException {
        try (SocketChannel lonely = SocketChannel.open()) {
            lonely.configureBlocking(false);
            Registration registration = new Watched(poller, lonely, Interest.NONE).registration();
            assertThrows(NotYetConnectedException.class, by(registration)::read);
            assertThrows(NotYetConnectedException.class, by(registration)::write);
        }
    }

    @Test
    void readingIntoAReadOnlyBuffer() throws IOException {
        try (Stream stream = Stream.open()) {
            Registration registration = new Watched(poller, stream.near(), Interest.NONE).registration();
            ByteBuffer readOnly = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();
            assertThrows(IllegalArgumentException.class, () -> stream.near().read(readOnly));
            assertThrows(IllegalArgumentException.class, () -> registration.read(readOnly));
        }
    }

    private void assertFailsAsTheChannel(Class<? extends Exception> type, Step step) throws IOException {
        try (Stream one = Stream.open();
                Stream two = Stream.open()) {
            Registration registration = new Watched(poller, two.near(), Interest.NONE).registration();
            Exception expected = assertThrows(type, () -> step.on(one, by(one.near(), one.near())));
            Exception actual = assertThrows(type, () -> step.on(two, by(registration)));
            assertEquals(expected.toString(), actual.toString());
        }
    }

    private static End by(Registration registration) {
        ByteBuffer[] data = {ByteBuffer.allocate(1)};
        return new End() {
            @Override
            public long read() throws IOException {
                return registration.read(data[0].clear());
            }

            @Override
            public long write() throws IOException {
                return registration.write(new ByteBuffer[] {data[0].clear()}, 0, 1);
            }
        };
    }

    private static End by(ReadableByteChannel in, GatheringByteChannel out) {
        return new End() {
            @Override
            public long read() throws IOException {
                return in.read(ByteBuffer.allocate(1));
            }

            @Override
            public long write() throws IOException {
                return out.write(ByteBuffer.allocate(1));
            }
        };
    }
}
