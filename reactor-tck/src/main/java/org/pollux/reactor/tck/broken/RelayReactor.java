package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
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

/** Hands everything on to a reactor that works; a broken one overrides what it gets wrong. */
class RelayReactor implements Reactor {

    private final Reactor sound;

    RelayReactor(Reactor sound) {
        this.sound = sound;
    }

    @Override
    public Event watch(SelectableChannel channel, Interest interest, EventHandler handler) {
        return sound.watch(channel, interest, handler);
    }

    @Override
    public Event after(Duration delay, EventHandler handler) {
        return sound.after(delay, handler);
    }

    @Override
    public Event every(Duration period, EventHandler handler) {
        return sound.every(period, handler);
    }

    @Override
    public Event onSignal(String name, EventHandler handler) {
        return sound.onSignal(name, handler);
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol) throws IOException {
        return sound.listen(address, protocol);
    }

    @Override
    public Connection connect(SocketAddress address, Protocol protocol, Duration timeout) {
        return sound.connect(address, protocol, timeout);
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramProtocol protocol) throws IOException {
        return sound.bind(address, protocol);
    }

    @Override
    public void execute(Runnable task) {
        sound.execute(task);
    }

    @Override
    public RunResult run() {
        return sound.run();
    }

    @Override
    public void stop() {
        sound.stop();
    }

    @Override
    public boolean inLoop() {
        return sound.inLoop();
    }

    @Override
    public String backend() {
        return sound.backend();
    }

    @Override
    public void close() {
        sound.close();
    }
}
