package org.pollux.reactor.server.succession;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.server.PolluxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a successor comes in: the socket {@code run/upgrade.sock}, in a folder that is closed to others. While one is here, the
 * next one is refused by the system.
 *
 * <p>The file belongs to the successor from the moment it serves, and stays then.
 */
public final class Entrance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final PolluxServer server;
    private final Household household;
    private final Path file;
    private final Patience patience;
    private volatile @Nullable ServerSocketChannel listening;
    private volatile @Nullable Predecessor conversation;
    private volatile boolean closed;

    private Entrance(PolluxServer server, Household household, Path file, Patience patience) {
        this.server = server;
        this.household = household;
        this.file = file;
        this.patience = patience;
    }

    /** Waits for successors, in a thread of its own. */
    public static Entrance open(PolluxServer server, Household household, Path file) throws IOException {
        return open(server, household, file, Patience.DEFAULT);
    }

    static Entrance open(PolluxServer server, Household household, Path file, Patience patience) throws IOException {
        Entrance entrance = new Entrance(server, household, file, patience);
        entrance.listen();
        Thread.ofPlatform().daemon().name("pollux-succession").start(entrance::serve);
        return entrance;
    }

    /** Does nothing when it is closed. A file that is there belongs to a process that has ended, because one server has the home. */
    private synchronized void listen() throws IOException {
        if (closed) {
            return;
        }
        Files.deleteIfExists(file);
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file), 1);
    }

    private void serve() {
        try {
            boolean left = false;
            while (!left) {
                left = serveOne(requireNonNull(listening));
                if (!left) {
                    listen();
                }
            }
        } catch (IOException e) {
            LOG.error("No process can take over from this one: {}", e.getMessage());
        }
    }

    private boolean serveOne(ServerSocketChannel open) {
        try (Wire wire = new Wire(accepted(open))) {
            Predecessor present = new Predecessor(server, household, wire, patience);
            begin(present);
            return present.converse();
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.warn("A process that came to take over does not, and this one goes on: {}", e.getMessage());
            }
            return closed;
        } finally {
            conversation = null;
        }
    }

    private synchronized void begin(Predecessor present) {
        conversation = present;
        if (closed) {
            present.refuse();
        }
    }

    private static SocketChannel accepted(ServerSocketChannel open) throws IOException {
        try (open) {
            return open.accept();
        }
    }

    /** This server stops: it waits for no successor any more, and the one that starts is told. */
    @Override
    public synchronized void close() {
        closed = true;
        Predecessor present = conversation;
        if (present != null) {
            present.refuse();
        }
        try {
            ServerSocketChannel open = listening;
            if (open != null && open.isOpen()) {
                open.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("{} is left behind", file, e);
        }
    }
}
