package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Interest;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;

/** A channel that is added again before the selector has dropped its earlier key: its registration waits for the poll. */
class AddedAgainTest {

    private final NioPoller poller;
    private final Pipe pipe;
    private final List<String> log = new ArrayList<>();
    private final Registration waiting;

    AddedAgainTest() throws IOException {
        poller = new NioPoller(Selector.open());
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().write(ByteBuffer.allocate(1));
        poller.add(new Noting("first"), Interest.READ).remove();
        waiting = poller.add(new Noting("second"), Interest.READ);
    }

    @AfterEach
    void close() throws IOException {
        poller.close();
        pipe.source().close();
        pipe.sink().close();
    }

    @Test
    void itIsReportedByTheNextPoll() throws IOException {
        assertEquals(1, poller.poll(-1));
        assertEquals(List.of("second READ"), log);
    }

    @Test
    void itCannotBeAddedAnotherTime() {
        assertThrows(IllegalStateException.class, () -> poller.add(new Noting("third"), Interest.READ));
    }

    @Test
    void itsInterestCanBeChanged() throws IOException {
        waiting.interest(Interest.NONE);
        assertEquals(0, poller.poll(0));
        waiting.interest(Interest.READ);
        assertEquals(1, poller.poll(0));
    }

    @Test
    void itCanBeRemovedForAnother() throws IOException {
        waiting.remove();
        poller.add(new Noting("third"), Interest.READ);
        poller.poll(0);
        assertEquals(List.of("third READ"), log);
    }

    @Test
    void itsChannelMayBeClosed() throws IOException {
        pipe.source().close();
        assertEquals(0, poller.poll(0));
        waiting.remove();
    }

    @Test
    void itEndsWithThePoller() throws IOException {
        poller.close();
        assertThrows(IllegalStateException.class, () -> waiting.interest(Interest.NONE));
    }

    @Test
    void manyOthersThatAreAddedMeanwhileDoNotDisturbIt() throws IOException {
        List<Pipe> others = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Pipe other = Pipe.open();
                others.add(other);
                other.source().configureBlocking(false);
                poller.add(new Noting("other", other.source()), Interest.READ);
            }
            poller.poll(0);
            assertEquals(List.of("second READ"), log);
        } finally {
            for (Pipe other : others) {
                other.source().close();
                other.sink().close();
            }
        }
    }

    private final class Noting implements Source {

        private final String name;
        private final SelectableChannel channel;

        Noting(String name) {
            this(name, pipe.source());
        }

        Noting(String name, SelectableChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public void onReady(Interest ready) {
            log.add(name + " " + ready);
        }
    }
}
