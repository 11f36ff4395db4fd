package org.pollux.http.server;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.pollux.reactor.Connection;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Event;
import org.pollux.reactor.EventHandler;
import org.pollux.reactor.Interest;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;

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
    public Event watch(SelectableChannel channel, Interest interest, EventHandler handler) {
        throw unused();
    }

    @Override
    public Event after(Duration delay, EventHandler handler) {
        HandEvent event = new HandEvent(this, handler);
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
    public Event every(Duration period, EventHandler handler) {
        HandEvent event = new HandEvent(this, handler);
        periodic.add(event);
        return event;
    }

    /** Lets one period of all that is periodic pass. */
    public void passPeriod() {
        for (HandEvent event : List.copyOf(periodic)) {
            event.happen();
        }
        periodic.removeIf(Event::isClosed);
    }

    public int periodicEvents() {
        return (int) periodic.stream().filter(event -> !event.isClosed()).count();
    }

    @Override
    public Event onSignal(String name, EventHandler handler) {
        throw unused();
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol) {
        throw unused();
    }

    @Override
    public Connection connect(SocketAddress address, Protocol protocol, Duration timeout) {
        throw unused();
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramProtocol protocol) {
        throw unused();
    }

    private static AssertionError unused() {
        return new AssertionError("HTTP does not need this of a reactor");
    }
}
