package org.pollux.reactor.runtime;

import java.io.IOException;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.net.Resolver;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** An {@link EventLoop} that a test turns by hand, and looks into. */
public final class TestLoop extends TurnedReactor {

    public final EventLoop loop;
    public final Loop inside;

    public TestLoop() throws IOException {
        this(TestedBackend.of(new NioBackend()));
    }

    public TestLoop(Backend backend) throws IOException {
        this(backend, Resolver.JDK);
    }

    public TestLoop(Backend backend, Resolver resolver) throws IOException {
        this(backend, new ManualClock(), resolver);
    }

    /** A loop whose connections share the memory of others. */
    public TestLoop(MemoryBudget budget) throws IOException {
        this(new ManualClock(), budget);
    }

    private TestLoop(ManualClock clock, MemoryBudget budget) throws IOException {
        this(new EventLoop(TestedBackend.of(new NioBackend()), clock, Resolver.JDK, budget), clock);
    }

    private TestLoop(Backend backend, ManualClock clock, Resolver resolver) throws IOException {
        this(new EventLoop(backend, clock, resolver, MemoryBudget.unlimited()), clock);
    }

    private TestLoop(EventLoop loop, ManualClock clock) {
        super(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
        this.loop = loop;
        this.inside = loop.loop();
    }

    /** Connections whose handler has not heard of the end yet. */
    public int openConnections() {
        return loop.connections().open();
    }
}
