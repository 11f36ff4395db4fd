package org.pollux.reactor.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.pollux.reactor.Interest;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.Poller;
import org.pollux.reactor.spi.Registration;
import org.pollux.reactor.spi.Source;
import org.pollux.reactor.testkit.TestedBackend;

/** The NIO backend under another name, with faults when they are wanted; it knows how many of its pollers are open. */
final class TestBackend implements Backend {

    final AtomicInteger pollers = new AtomicInteger();

    /** So many opens go well from now on. */
    final AtomicInteger opens = new AtomicInteger(Integer.MAX_VALUE);

    /** So many adds go well from now on. */
    final AtomicInteger adds = new AtomicInteger(Integer.MAX_VALUE);

    private final Backend nio = TestedBackend.of(new NioBackend());
    private final String name;

    TestBackend(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "for tests";
    }

    @Override
    public Poller open() throws IOException {
        use(opens);
        Poller poller = nio.open();
        pollers.incrementAndGet();
        return new Poller() {

            private boolean closed;

            @Override
            public Registration add(Source source, Interest interest) throws IOException {
                use(adds);
                return poller.add(source, interest);
            }

            @Override
            public int poll(long timeoutNanos) throws IOException {
                return poller.poll(timeoutNanos);
            }

            @Override
            public void handOver(Handover to) throws IOException {
                poller.handOver(to);
            }

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    pollers.decrementAndGet();
                }
                poller.close();
            }
        };
    }

    private static void use(AtomicInteger left) throws IOException {
        if (left.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : Math.max(0, n - 1)) == 0) {
            throw new IOException("No room for another one");
        }
    }
}
