package org.pollux.reactor.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener whose backlog is full, so that a connect to it stays pending. */
public final class FullListener implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final List<SocketChannel> channels = new ArrayList<>();

    public FullListener() throws IOException {
        this(TurnedReactor.anyPort());
    }

    /** A listener at the test's own address. */
    public FullListener(SocketAddress address) throws IOException {
        listener = ServerSocketChannel.open().bind(address, 1);
        for (int i = 0; i < 4; i++) {
            SocketChannel filler = SocketChannel.open();
            channels.add(filler);
            filler.configureBlocking(false);
            filler.connect(listener.getLocalAddress());
        }
    }

    public SocketAddress address() {
        try {
            return listener.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Accepts the waiting connections and closes those that filled the backlog, because they would be retried and take its
     * place. A pending connect succeeds when the system retries it, after about a second.
     */
    public void acceptAll() throws IOException {
        closeChannels();
        listener.configureBlocking(false);
        for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
            channels.add(next);
        }
    }

    private void closeChannels() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeChannels();
    }
}
