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
        in.end();
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        end();
        whenGone.accept(this);
    }

    /** From any thread. */
    void end() {
        in.end();
        out.end();
        session.cancel();
        thread.interrupt();
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(patience.isNegative() ? Duration.ZERO : patience);
        }
    }
}
