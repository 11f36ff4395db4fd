package org.pollux.reactor.server.succession;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.inheritance.InheritedSocket;
import org.pollux.reactor.server.succession.Message.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that starts beside the one that serves, and takes over from it.
 *
 * <pre>
 *   ASKING ──(SOCKETS)──▶ STARTING ──(all is bound, nothing new is wrong)──▶ READY ──(GO, or the predecessor's end)──▶ SERVING
 *      │                     │ sends READY                                    │                                          │
 *      │                     │ sends NO                                       │                                 (BYE, or the end)
 *      └──(NO, or wrong)─────┴──(something new is wrong, or late)─────────────┴──(NO, or late)──▶ FAILED                 ▼
 *                                                                                                                      ALONE
 * </pre>
 *
 * <p>When a predecessor ends although the sockets are here, this process goes on alone. {@link #ask} and
 * {@link #converse} are for one thread; any may {@link #stop}.
 */
public final class Successor {

    /** A predecessor responds at once. */
    private static final Duration RESPONSE = Duration.ofSeconds(10);

    /** Less than the predecessor waits. */
    private static final Duration START = Patience.DEFAULT.start().minusSeconds(10);

    /** How long the bundles may take to start. It may be long, because the other process serves meanwhile. */
    public static final Duration BUNDLES = START.minusSeconds(10);

    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

    private final PolluxServer server;
    private final Household household;
    private final String version;
    private final Wire wire;
    private final List<String> known = new ArrayList<>();
    private boolean serving;
    private boolean stopped;

    private Successor(PolluxServer server, Household household, String version, Wire wire) {
        this.server = server;
        this.household = household;
        this.version = version;
        this.wire = wire;
    }

    /**
     * Connects to the server of a home.
     *
     * @param version of this Pollux
     */
    public static Successor connect(PolluxServer server, Household household, String version, Path socket)
            throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        return new Successor(server, household, version, new Wire(channel));
    }

    /**
     * Gets the sockets, and gives them to the server, which serves nothing yet. To be called before it is started.
     *
     * @throws IOException when there is no reason to go on; the message says why
     */
    public void ask() throws IOException {
        Inheritance inheritance = new Inheritance();
        try {
            wire.send(Message.of(Kind.HELLO, Message.VERSION, version));
            receiveSockets(inheritance);
        } catch (IOException e) {
            wire.close();
            throw e;
        }
        server.inherit(inheritance);
    }

    private void receiveSockets(Inheritance inheritance) throws IOException {
        int count = 0;
        while (true) {
            Wire.Received received = next(RESPONSE);
            Message message = received.message();
            switch (message.kind()) {
                case PROBLEM -> know(message.word(0));
                case SOCKET -> {
                    inherit(inheritance, received);
                    count++;
                }
                case SOCKETS -> {
                    if (!message.word(0).equals(Integer.toString(count))) {
                        throw new IOException("the server passed " + count + " sockets, and says " + message.word(0));
                    }
                    LOG.info("Got {} sockets of the server that runs", count);
                    return;
                }
                case NO -> throw new IOException(message.word(0));
                default -> throw new IOException("the server said " + message.kind() + " in place of its sockets");
            }
        }
    }

    private void know(String problem) throws IOException {
        if (known.size() >= Problems.MOST) {
            throw new IOException("the server named more than " + Problems.MOST + " problems");
        }
        known.add(problem);
    }

    private static void inherit(Inheritance inheritance, Wire.Received received) throws IOException {
        Message message = received.message();
        if (received.descriptors().size() != 1) {
            throw new IOException("the server named the socket of " + message.word(0) + ", and did not pass it");
        }
        int descriptor = received.descriptors().getFirst();
        InheritedSocket.of(descriptor, message.word(0), message.word(1), Boolean.parseBoolean(message.word(2)))
                .ifPresentOrElse(inheritance::add, () -> {
                    LOG.warn(
                            "What the server passed for {} is not the socket of an endpoint, and is closed",
                            message.word(0));
                    SocketMessages.close(received.descriptors());
                });
    }

    /**
     * Takes over when the server has started. Returns when the predecessor has ended, or when this process has failed.
     *
     * @return whether this process serves
     */
    public boolean converse() {
        try (wire) {
            awaitStarted();
            boolean hasGone = isLetGo();
            beginToServe();
            server.takeOver();
            LOG.info("This process serves from now on");
            household.serves();
            if (!hasGone) {
                awaitEnd();
            }
            household.alone();
            return true;
        } catch (IOException | RuntimeException e) {
            if (!isStopped()) {
                LOG.error("This process does not take over: {}", e.getMessage());
                household.failed(String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    /** A process that was told to stop before this leaves the sockets to the predecessor, which hears it and goes on. */
    private synchronized void beginToServe() throws IOException {
        if (stopped) {
            throw new IOException("the new process was told to stop");
        }
        serving = true;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Waits for the start, and looks whether something is wrong here that is not so there. */
    private void awaitStarted() throws IOException {
        String problem;
        try {
            server.started().get(START.toMillis(), TimeUnit.MILLISECONDS);
            List<String> problems = new ArrayList<>(Problems.of(server));
            problems.removeAll(known);
            problem = String.join("\n", problems);
        } catch (TimeoutException _) {
            problem = "it has not started within " + START.toSeconds() + " s";
        } catch (InterruptedException | ExecutionException e) {
            problem = "its start was interrupted: " + e;
        }
        if (!problem.isEmpty()) {
            wire.closeWith(Message.of(Kind.NO, problem));
            throw new IOException(problem);
        }
    }

    /**
     * Waits until the predecessor rests.
     *
     * @return whether it has ended instead
     */
    private boolean isLetGo() throws IOException {
        try {
            wire.send(Message.of(Kind.READY));
        } catch (IOException e) {
            LOG.debug("The server before does not hear; it may have left a word", e);
        }
        try {
            Message message = next(RESPONSE).message();
            if (message.kind() == Kind.GO) {
                return false;
            }
            throw new IOException(message.kind() == Kind.NO ? message.word(0) : "the server said " + message.kind());
        } catch (EOFException e) {
            LOG.warn("The server before has ended; this process goes on alone");
            return true;
        }
    }

    private void awaitEnd() {
        try {
            boolean ended = false;
            while (!ended) {
                ended = wire.hear(GLANCE)
                        .map(message -> message.kind() == Kind.BYE)
                        .orElse(false);
            }
        } catch (IOException e) {
            LOG.debug("The server before has ended without a word", e);
        }
    }

    private Wire.Received next(Duration patience) throws IOException {
        Wire.Received received = wire.receive(patience)
                .orElseThrow(() -> new IOException(
                        "the server said nothing for " + patience.toSeconds() + " s: it goes on alone"));
        if (received.message().kind() != Kind.SOCKET) {
            SocketMessages.close(received.descriptors());
        }
        return received;
    }

    /** This process was told to stop: the predecessor goes on when it still serves, and does not take back otherwise. */
    public synchronized void stop() {
        stopped = true;
        wire.closeWith(serving ? Message.of(Kind.STOPPING) : Message.of(Kind.NO, "the new process was told to stop"));
    }
}
