package org.pollux.reactor.runtime;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
import org.pollux.reactor.runtime.loop.Durations;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.Resolver;
import org.pollux.reactor.runtime.net.StreamStart;
import org.pollux.reactor.runtime.net.UdpPort;
import org.pollux.reactor.runtime.proxy.PassageStages;
import org.pollux.reactor.runtime.proxy.RelayStages;
import org.pollux.reactor.runtime.tls.ClientTls;
import org.pollux.reactor.spi.Backend;

/**
 * The reactor of a program without a server: it owns the sockets and everything that is known of them, and asks a poller which
 * are ready.
 *
 * <p>Its work is separate from its thread: {@link #run} turns it on the calling thread until it is empty or stopped, and
 * {@link #turn} makes a single turn, for tests and for programs with a loop of their own.
 *
 * <p>For the thread that runs or turns it, and while none does, for any one thread; {@link #execute}, {@link #stop},
 * {@link #inLoop} and {@link #close} for any thread at any time.
 */
public final class EventLoop implements Reactor {

    private final Loop loop;
    private final Resolver resolver;
    private final ConnectionTally connections = new ConnectionTally();

    /**
     * Opens a reactor on a backend.
     *
     * @throws IOException when the backend cannot open a poller
     */
    public EventLoop(Backend backend) throws IOException {
        this(backend, System::nanoTime);
    }

    /**
     * Opens a reactor with a clock of its own.
     *
     * @param nanoClock nanoseconds from any origin, never going back
     * @throws IOException when the backend cannot open a poller
     */
    public EventLoop(Backend backend, LongSupplier nanoClock) throws IOException {
        this(backend, nanoClock, Resolver.JDK, MemoryBudget.unlimited());
    }

    EventLoop(Backend backend, LongSupplier nanoClock, Resolver resolver, MemoryBudget budget) throws IOException {
        this.resolver = resolver;
        this.loop = new Loop(backend, nanoClock, budget, this);
    }

    /** Its inside, for tests. */
    Loop loop() {
        return loop;
    }

    /** Of the connections that it has accepted or made, for tests. */
    ConnectionTally connections() {
        return connections;
    }

    // ---- running

    @Override
    public RunResult run() {
        return loop.run();
    }

    /**
     * Makes one turn on the calling thread: posted tasks, due timers, ready channels. A stop that was asked for ends
     * the turn after the current callback and is used up by it.
     *
     * @param longestWait how long to wait at most when there is nothing to do
     * @throws IllegalStateException when the reactor is running already, or closed
     */
    public void turn(Duration longestWait) {
        loop.turn(Durations.nanos(longestWait));
    }

    @Override
    public void runUntilStopped() {
        loop.serve();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        loop.close();
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

    // ---- the backend

    @Override
    public String backend() {
        return loop.backend().name();
    }

    /**
     * Exchanges the backend: opens a poller of another one, or another of the same, and gives it every source. Handlers
     * notice nothing.
     *
     * <p>For the reactor's thread, between two turns: in a task, a timer, or while no thread runs the reactor.
     *
     * @return how many sources moved
     * @throws IOException when the backend opens no poller, or its poller does not take a source; everything is as before
     * @throws IllegalStateException in a callback of a channel, where the old poller is at work (post a task), and on
     *     another thread
     */
    public int moveTo(Backend next) throws IOException {
        return loop.moveTo(next);
    }

    // ---- registering

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
                resolver,
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
