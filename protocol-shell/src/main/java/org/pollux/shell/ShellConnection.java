package org.pollux.shell;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;

/**
 * The border between the loop, which must not wait, and the session's thread, which may wait. Bytes come in through an
 * {@link Inbox} and go out through an {@link Outbox}.
 */
final class ShellConnection implements ConnectionHandler {

    private final Inbox in;
    private final Outbox out;
    private final Session session;
    private final Thread thread;
    private final Consumer<ShellConnection> whenGone;

    /** Of the loop: whether the server ends this connection, and not the client. */
    private boolean shutDown;

    ShellConnection(
            Connection connection,
            CommandProcessor processor,
            Commands commands,
            CommandLimit limit,
            Consumer<ShellConnection> whenGone) {
        this.in = new Inbox(connection);
        this.out = new Outbox(connection);
        this.session = new Session(processor, commands, limit, in, out, connection::close);
        this.whenGone = whenGone;
        // a platform thread, because a virtual one waits for a carrier, which handlers that spin can occupy
        this.thread = Thread.ofPlatform()
                .name("pollux-shell")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> {
                    try {
                        session.run();
                    } finally {
                        connection.close();
                        whenGone.accept(this);
                    }
                });
    }

    @Override
    public void onOpen(Connection connection) {
        thread.start();
    }

    @Override
    public void onData(Connection connection, ByteBuffer data) {
        in.offer(data);
    }

    @Override
    public void onDrained(Connection connection) {
        out.drained();
    }

    @Override
    public void onInputClosed(Connection connection) {
        in.end();
        if (session.inputEnded()) {
            end();
        }
    }

    /** The running command may finish, and no more is read. */
    @Override
    public void onShutdown(Connection connection) {
        shutDown = true;
        in.end();
    }

    /**
     * The command may be the update that ends the server, which an interrupt would leave stopped. So it goes on when the server has ended
     * the connection, and this is gone when it ends.
     */
    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        if (shutDown && thread.isAlive()) {
            in.end();
            out.end();
        } else {
            end();
            whenGone.accept(this);
        }
    }

    /** Interrupts the running command, unless the command itself calls this by stopping the shell. From any thread. */
    void end() {
        in.end();
        out.end();
        boolean interrupt = !session.isCaller();
        session.cancel(interrupt);
        if (interrupt) {
            thread.interrupt();
        }
    }

    /** Returns at once when a command of this session calls it. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW && !session.isCaller()) {
            thread.join(patience.isNegative() ? Duration.ZERO : patience);
        }
    }
}
