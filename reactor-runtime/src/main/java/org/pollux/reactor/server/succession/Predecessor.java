package org.pollux.reactor.server.succession;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.inheritance.BoundSocket;
import org.pollux.reactor.server.succession.Message.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that serves, in its conversation with the one that starts beside it.
 *
 * <pre>
 *   SERVING ──(HELLO)──▶ ASKED ──(READY)──▶ rests, sends GO ──▶ LEFT ──(drained, 2 s at least)──▶ ENDING
 *      ▲    sends SOCKETS  │                                     │                           sends BYE
 *      └──(it ends, or is──┴─────────────(it ends)───────────────┘
 *          late or wrong)
 * </pre>
 *
 * <p>While it is ASKED, it serves as always. When it has LEFT, it keeps the sockets, unwatched, so that it can serve again when
 * the successor dies. A successor that says STOPPING was told to stop, and takes the sockets with it.
 *
 * <p>For one thread; another one may {@link #refuse}.
 */
final class Predecessor {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final String STOPS = "the server was told to stop";
    private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);

    private final PolluxServer server;
    private final Household household;
    private final Wire wire;
    private final Patience patience;
    private volatile boolean refused;

    Predecessor(PolluxServer server, Household household, Wire wire, Patience patience) {
        this.server = server;
        this.household = household;
        this.wire = wire;
        this.patience = patience;
    }

    /**
     * Goes through the whole conversation.
     *
     * @return whether this process has left its place for good
     */
    boolean converse() throws IOException {
        try (wire) {
            SocketMessages.Peer peer = wire.peer();
            if (!isLeftTo(peer)) {
                return false;
            }
            LOG.info("Process {} serves from now on; the connections here drain", peer.pid());
            try {
                household.leftTo(peer.pid());
                server.sayFarewell();
                return isFollowed(peer);
            } catch (RuntimeException e) { // the successor serves all the same
                LOG.error("Process {} serves, and this one ends at once: {}", peer.pid(), e.toString(), e);
                end(peer);
                return true;
            }
        }
    }

    /**
     * Goes through the conversation as far as GO. A successor that is given up gets a NO: to one that has the sockets, an end
     * without a word means that this process has died.
     */
    private boolean isLeftTo(SocketMessages.Peer peer) throws IOException {
        try {
            if (!isGreeted(peer) || !isReady(peer)) {
                return false;
            }
            if (server.status().state() == ServerStatus.State.STOPPING) {
                return no(STOPS);
            }
            leave();
            return true;
        } catch (IOException | RuntimeException e) {
            wire.closeWith(Message.of(Kind.NO, "the running server goes on: " + e.getMessage()));
            throw e;
        }
    }

    private void leave() throws IOException {
        try {
            server.leave();
            wire.send(Message.of(Kind.GO));
        } catch (IOException | RuntimeException e) {
            server.takeOver();
            throw e;
        }
    }

    /** Hears who it is, and passes the sockets. */
    private boolean isGreeted(SocketMessages.Peer peer) throws IOException {
        if (peer.user() != SocketMessages.user()) {
            LOG.warn(
                    "Process {} of user {} wants to take over, and is refused: only the user of this server may",
                    peer.pid(),
                    peer.user());
            return no("this server belongs to another user");
        }
        Message hello = next(patience.greeting());
        if (hello.kind() != Kind.HELLO || !hello.word(0).equals(Message.VERSION)) {
            return no("this server speaks version " + Message.VERSION + " of the protocol of successions, and not "
                    + hello.word(0) + ": stop it and start the other one");
        }
        LOG.info("Process {} (Pollux {}) wants to take over", peer.pid(), hello.word(1));
        for (String problem : Problems.of(server).stream().limit(Problems.MOST).toList()) {
            wire.send(Message.of(Kind.PROBLEM, problem));
        }
        List<BoundSocket> sockets = server.sockets();
        for (BoundSocket socket : sockets) {
            wire.send(
                    Message.of(Kind.SOCKET, socket.endpoint(), socket.service(), Boolean.toString(socket.lasts())),
                    List.of(socket.descriptor()));
        }
        wire.send(Message.of(Kind.SOCKETS, Integer.toString(sockets.size())));
        return true;
    }

    private boolean isReady(SocketMessages.Peer peer) throws IOException {
        Message ready = next(patience.start());
        if (ready.kind() != Kind.READY) {
            LOG.warn("Process {} does not take over, and this one goes on: {}", peer.pid(), ready.word(0));
        }
        return ready.kind() == Kind.READY;
    }

    /** Drains, and looks whether the successor lives. */
    private boolean isFollowed(SocketMessages.Peer peer) throws IOException {
        long earliest = System.nanoTime() + patience.after().toNanos();
        boolean stopping = false;
        try {
            while (!server.isFarewellOver() || System.nanoTime() - earliest < 0) {
                stopping |= wire.hear(GLANCE)
                        .map(message -> message.kind() == Kind.STOPPING)
                        .orElse(false);
            }
        } catch (EOFException e) {
            if (!stopping) {
                LOG.error("Process {} has ended right after it took over: this one serves again", peer.pid());
                server.takeOver();
                household.tookBack();
                return false;
            }
        } catch (IOException e) {
            if (!refused) {
                LOG.warn("Process {} serves, but does not keep to the protocol: {}", peer.pid(), e.getMessage());
            }
        }
        end(peer);
        return true;
    }

    private void end(SocketMessages.Peer peer) {
        household.mayEnd(peer.pid());
        wire.closeWith(Message.of(Kind.BYE));
    }

    private Message next(Duration most) throws IOException {
        return wire.hear(most).orElseThrow(() -> new IOException("it said nothing for " + most.toSeconds() + " s"));
    }

    private boolean no(String reason) throws IOException {
        wire.send(Message.of(Kind.NO, reason));
        return false;
    }

    /** This process stops: a successor that starts must not go on alone. From any thread. */
    void refuse() {
        refused = true;
        wire.closeWith(Message.of(Kind.NO, STOPS));
    }
}
