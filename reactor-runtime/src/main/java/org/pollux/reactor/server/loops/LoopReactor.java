package org.pollux.reactor.server.loops;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.DatagramHandler;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Handle;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Key;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.Watch;
import org.pollux.reactor.WatchHandler;
import org.pollux.reactor.runtime.events.ChannelWatch;
import org.pollux.reactor.runtime.events.SignalHandle;
import org.pollux.reactor.runtime.events.TimerHandle;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.Resolver;
import org.pollux.reactor.runtime.net.StreamStart;
import org.pollux.reactor.runtime.net.UdpPort;
import org.pollux.reactor.runtime.proxy.PassageStages;
import org.pollux.reactor.runtime.proxy.RelayStages;
import org.pollux.reactor.runtime.tls.ClientTls;
import org.pollux.reactor.spi.Backend;

/**
 * The view that handlers have of a loop of the server. A guest's loop belongs to the bundle that opened it; the
 * server's own loops can be neither run nor stopped nor closed by a handler, which gets one as its connection's
 * reactor.
 */
final class LoopReactor implements Reactor {

    private final Loop loop;
    private final boolean guest;
    private final ConnectionTally connections = new ConnectionTally();

    private LoopReactor(Backend backend, MemoryBudget memory, boolean guest) throws IOException {
        this.guest = guest;
        this.loop = new Loop(backend, System::nanoTime, memory, this);
    }

    /** A loop of the server itself, parked. */
    static Loop own(MemoryBudget memory) throws IOException {
        return new LoopReactor(NoBackend.INSTANCE, memory, false).loop;
    }

    /** A loop that a bundle runs itself. Its connections share the server's memory. */
    static Loop guest(Backend backend, MemoryBudget memory) throws IOException {
        return new LoopReactor(backend, memory, true).loop;
    }

    private Loop ofGuest(String done) {
        if (!guest) {
            throw new IllegalStateException("A loop of the server cannot be " + done
                    + " by a handler: close the connection, the listener or the handle instead, or open a reactor of"
                    + " your own with ReactorFactory");
        }
        return loop;
    }

    @Override
    public RunResult run() {
        return ofGuest("run").run();
    }

    @Override
    public void runUntilStopped() {
        ofGuest("run").serve();
    }

    @Override
    public void stop() {
        ofGuest("stopped").stop();
    }

    @Override
    public void close() {
        ofGuest("closed").close();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public long nanoTime() {
        return loop.now();
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public String backend() {
        return loop.backend().name();
    }

    @Override
    public Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) throws IOException {
        return ChannelWatch.of(loop, channel, interest, handler);
    }

    @Override
    public Handle after(Duration delay, EventHandler handler) {
        return TimerHandle.after(loop, delay, handler);
    }

    @Override
    public Handle every(Duration period, EventHandler handler) {
        return TimerHandle.every(loop, period, handler);
    }

    @Override
    public Handle onSignal(String name, EventHandler handler) {
        return SignalHandle.of(loop, name, handler);
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol, ListenOptions options) throws IOException {
        return StreamStart.listen(loop, address, protocol, options, connections, List.of());
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler, ConnectOptions options) {
        return StreamStart.connect(
                loop,
                address,
                handler,
                options,
                connections,
                Resolver.JDK,
                RelayStages.below(PassageStages.below(ClientTls.stages(options, address), options), options));
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramHandler handler) throws IOException {
        return UdpPort.open(loop, address, _ -> handler);
    }

    @Override
    public <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create) {
        return loop.local(key, create);
    }

    @Override
    public <T> @Nullable T removeLocal(Key<T> key) {
        return loop.removeLocal(key);
    }
}
