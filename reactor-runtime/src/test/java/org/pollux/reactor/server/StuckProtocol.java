package org.pollux.reactor.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;

/** Greets with "s", echoes, and does not return from {@code onData} when it gets "!" until it is freed, interrupted or not. */
final class StuckProtocol implements Protocol, ConnectionHandler {

    final CountDownLatch stuck = new CountDownLatch(1);
    final CountDownLatch freed = new CountDownLatch(1);
    final CountDownLatch returned = new CountDownLatch(1);
    final AtomicInteger closed = new AtomicInteger();
    final boolean heedsInterrupts;
    volatile Runnable after = () -> {};

    StuckProtocol(boolean heedsInterrupts) {
        this.heedsInterrupts = heedsInterrupts;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return this;
    }

    @Override
    public void onOpen(Connection connection) {
        connection.write(UTF_8.encode("s"));
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        if (in.get(in.position()) == '!') {
            in.clear();
            stick();
            after.run();
            connection.write(UTF_8.encode("back"));
            returned.countDown();
        } else {
            connection.write(in);
        }
    }

    void stick() {
        stuck.countDown();
        while (true) {
            try {
                freed.await();
                return;
            } catch (InterruptedException e) {
                if (heedsInterrupts) {
                    return;
                }
            }
        }
    }

    @Override
    public void onClosed(Connection connection, @Nullable Throwable cause) {
        closed.incrementAndGet();
    }
}
