package org.pollux.reactor.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener whose backlog is full, so that a connect to it stays under way. */
public final class FullListener implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final List<SocketChannel> channels = new ArrayList<>();

    public FullListener() throws IOException {
        this(TurnedReactor.anyPort());
    }

    /** At an address of the test's own. */
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
     * Takes what waits, and gives up what filled it, which would come again and take the place. A connect under way
     * succeeds when the system tries it again, in a second or so.
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
