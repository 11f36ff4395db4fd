package org.pollux.reactor.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A selector that returns at once for nothing, again and again, is told from one that does so now and then. */
class SpinningSelectorTest {

    @Test
    void aSelectorGoneMadEndsThePollWithTheReason() throws IOException {
        try (var poller = new NioPoller(new EarlySelector(Integer.MAX_VALUE))) {
            for (long timeout : new long[] {-1, Duration.ofSeconds(30).toNanos()}) {
                var failure = assertThrows(IOException.class, () -> poller.poll(timeout));
                assertTrue(failure.toString().contains("open another poller"), failure.toString());
            }
        }
    }

    @Test
    void someEarlyReturnsAreInvisible() throws IOException {
        try (var poller = new NioPoller(new EarlySelector(NioPoller.SPIN_LIMIT / 2))) {
            long start = System.nanoTime();
            assertEquals(0, poller.poll(Duration.ofMillis(20).toNanos()));
            assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
        }
    }

    /** The JDK's selector, but for some returns before the time. */
    private static final class EarlySelector extends AbstractSelector {

        private final Selector sound = Selector.open();
        private int earlyReturns;

        EarlySelector(int earlyReturns) throws IOException {
            super(SelectorProvider.provider());
            this.earlyReturns = earlyReturns;
        }

        @Override
        public int select(Consumer<SelectionKey> action) throws IOException {
            return earlyReturns-- > 0 ? 0 : sound.select(action);
        }

        @Override
        public int select(Consumer<SelectionKey> action, long timeout) throws IOException {
            return earlyReturns-- > 0 ? 0 : sound.select(action, timeout);
        }

        @Override
        protected void implCloseSelector() throws IOException {
            sound.close();
        }

        @Override
        public Set<SelectionKey> keys() {
            return sound.keys();
        }

        @Override
        public Set<SelectionKey> selectedKeys() {
            return sound.selectedKeys();
        }

        @Override
        protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attachment) {
            throw new IllegalStateException("nothing is registered here");
        }

        @Override
        public int selectNow() throws IOException {
            return sound.selectNow();
        }

        @Override
        public int select(long timeout) throws IOException {
            return sound.select(timeout);
        }

        @Override
        public int select() throws IOException {
            return sound.select();
        }

        @Override
        public Selector wakeup() {
            return sound.wakeup();
        }
    }
}
