package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/** A reactor without a loop: its tasks run when a test says so, and its thread is the one that made it. */
public final class HandReactor implements Reactor {

    private final Thread thread = Thread.currentThread();
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(64 * 1024);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<HandEvent> periodic = new ArrayList<>();
    private final List<HandEvent> later = new ArrayList<>();

    /** Where the reads of all connections go, one after the other: empty, and with noise in it. */
    public ByteBuffer inbound() {
        inbound.clear();
        for (int i = 0; i < 1024; i++) {
            inbound.put(i, (byte) '~');
        }
        return inbound;
    }

    /** Runs the tasks that wait, and those that they bring. */
    public void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public String backend() {
        return "by hand";
    }

    @Override
    public void close() {}

    @Override
    public void stop() {}

    @Override
    public RunResult run() {
        turn();
        return RunResult.EMPTY;
    }

    @Override
    public void runUntilStopped() {
        turn();
    }

    @Override
    public Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) {
        throw unused();
    }

    @Override
    public Handle after(Duration delay, EventHandler handler) {
        HandEvent event = new HandEvent(handler);
        later.add(event);
        return event;
    }

    /** Lets the delays of all that waits for one pass. */
    public void passDelay() {
        List<HandEvent> due = List.copyOf(later);
        later.clear();
        due.forEach(HandEvent::happen);
    }

    public int delayedEvents() {
        return (int) later.stream().filter(event -> !event.isClosed()).count();
    }

    @Override
    public Handle every(Duration period, EventHandler handler) {
        HandEvent event = new HandEvent(handler);
        periodic.add(event);
        return event;
    }

    /** Lets one period of all that is periodic pass. */
    public void passPeriod() {
        for (HandEvent event : List.copyOf(periodic)) {
            event.happen();
        }
        periodic.removeIf(Handle::isClosed);
    }

    public int periodicEvents() {
        return (int) periodic.stream().filter(event -> !event.isClosed()).count();
    }

    @Override
    public Handle onSignal(String name, EventHandler handler) {
        throw unused();
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol, ListenOptions options) {
        throw unused();
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler, ConnectOptions options) {
        throw unused();
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramHandler handler) {
        throw unused();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create) {
        throw unused();
    }

    @Override
    public <T> @Nullable T removeLocal(Key<T> key) {
        throw unused();
    }

    private static AssertionError unused() {
        return new AssertionError("HTTP does not need this of a reactor");
    }
}
