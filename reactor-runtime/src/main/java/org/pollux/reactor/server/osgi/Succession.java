package org.pollux.reactor.server.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.succession.Entrance;
import org.pollux.reactor.server.succession.Household;
import org.pollux.reactor.server.succession.Successor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the server's process in a succession. The launcher offers a service {@code Consumer<String>} with the property
 * {@value #PROPERTY}: {@code successor} while the process is to take over from another, and {@code server} otherwise. It is told what
 * happens, in the words of {@link LauncherHousehold}. Without a launcher nobody can take over.
 */
final class Succession implements AutoCloseable {

    static final String PROPERTY = "pollux.succession";

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final BundleContext context;
    private final PolluxServer server;
    private final Path socket;
    private final String version;
    private @Nullable Successor successor;
    private @Nullable Entrance entrance;
    private @Nullable LauncherHousehold household;
    private boolean closed;

    /**
     * Nothing happens yet.
     *
     * @param socket where successors come in
     */
    Succession(BundleContext context, PolluxServer server, Path socket, String version) {
        this.context = context;
        this.server = server;
        this.socket = socket;
        this.version = version;
    }

    /** Gives the server the sockets that are bound already. To be called before it is started. */
    void begin() {
        server.inherit(
                Inheritance.fromSystemd(System.getenv(), ProcessHandle.current().pid()));
        Optional<ServiceReference<?>> launcher = launcher();
        if (launcher.isEmpty()) {
            return;
        }
        LauncherHousehold made = new LauncherHousehold(context, launcher.get());
        household = made;
        if ("successor".equals(launcher.get().getProperty(PROPERTY))) {
            succeed(made);
        } else if (Inheritance.isPossible()) {
            var _ = server.started().thenRun(() -> admit(made));
        }
    }

    /** How long the server waits for its bundles: a successor has time, because the process before it serves. */
    Duration startTimeout(Duration configured) {
        return successor == null || configured.compareTo(Successor.BUNDLES) > 0 ? configured : Successor.BUNDLES;
    }

    private Optional<ServiceReference<?>> launcher() {
        try {
            ServiceReference<?>[] found =
                    context.getServiceReferences(Consumer.class.getName(), "(" + PROPERTY + "=*)");
            return found == null ? Optional.empty() : Optional.of(found[0]);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void succeed(Household told) {
        server.rest();
        if (!Inheritance.isPossible()) {
            told.failed("this JVM cannot take sockets over: that needs Linux, --enable-native-access and"
                    + " --add-exports java.base/sun.nio.ch");
            return;
        }
        try {
            Successor made = Successor.connect(server, told, version, socket);
            successor = made;
            made.ask();
            Thread.ofPlatform().daemon().name("pollux-succession").start(() -> {
                if (made.converse()) {
                    admit(told);
                }
            });
        } catch (IOException e) {
            told.failed("the running server does not pass its sockets: " + e.getMessage());
        }
    }

    private synchronized void admit(Household told) {
        if (closed || entrance != null) {
            return;
        }
        try {
            entrance = Entrance.open(server, told, socket);
        } catch (IOException e) {
            LOG.warn(
                    "'pollux upgrade' cannot replace this process, because {} cannot be made: {}",
                    socket,
                    e.getMessage());
        }
    }

    /** Whether another process serves in the place of this one. */
    synchronized boolean hasLeft() {
        return household != null && household.hasLeft();
    }

    /** The server stops. */
    @Override
    public synchronized void close() {
        closed = true;
        if (successor != null) {
            successor.stop();
        }
        if (entrance != null) {
            entrance.close();
        }
    }
}
