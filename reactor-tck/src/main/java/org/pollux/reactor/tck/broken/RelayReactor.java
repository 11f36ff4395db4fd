package org.pollux.reactor.tck.broken;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
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

/** Forwards everything to a working reactor; a broken one overrides the wrong method. */
class RelayReactor implements Reactor {

    private final Reactor sound;

    RelayReactor(Reactor sound) {
        this.sound = sound;
    }

    @Override
    public Watch watch(SelectableChannel channel, Interest interest, WatchHandler handler) throws IOException {
        return sound.watch(channel, interest, handler);
    }

    @Override
    public Handle after(Duration delay, EventHandler handler) {
        return sound.after(delay, handler);
    }

    @Override
    public Handle every(Duration period, EventHandler handler) {
        return sound.every(period, handler);
    }

    @Override
    public Handle onSignal(String name, EventHandler handler) {
        return sound.onSignal(name, handler);
    }

    @Override
    public Listener listen(SocketAddress address, Protocol protocol, ListenOptions options) throws IOException {
        return sound.listen(address, protocol, options);
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler, ConnectOptions options) {
        return sound.connect(address, handler, options);
    }

    @Override
    public DatagramPort bind(SocketAddress address, DatagramHandler handler) throws IOException {
        return sound.bind(address, handler);
    }

    @Override
    public long nanoTime() {
        return sound.nanoTime();
    }

    @Override
    public <T> T local(Key<T> key, Function<? super Reactor, ? extends T> create) {
        return sound.local(key, create);
    }

    @Override
    public <T> @Nullable T removeLocal(Key<T> key) {
        return sound.removeLocal(key);
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
    public void runUntilStopped() {
        sound.runUntilStopped();
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
