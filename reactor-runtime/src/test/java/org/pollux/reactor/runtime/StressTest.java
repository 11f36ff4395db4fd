package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.testkit.Await;

/**
 * Everything at once, from many threads, while the backend is exchanged all the time (case 50): no byte and no task is
 * lost, and each handler hears of its end exactly once.
 */
class StressTest {

    private static final Duration TIME = Duration.ofSeconds(5);

    /** Ends a stream of numbers that was closed and not aborted. */
    private static final int LAST = -1;

    private final RunningLoop running = new RunningLoop();
    private final long start = System.nanoTime();

    private final Queue<Counting> handlers = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> echoes = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> targets = new ConcurrentLinkedQueue<>();

    private final AtomicInteger posted = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger moves = new AtomicInteger();
    private final AtomicInteger echoed = new AtomicInteger();
    private final AtomicInteger streamed = new AtomicInteger();
    private final AtomicInteger aborts = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    StressTest() throws IOException, InterruptedException {}

    /** For some seconds, and on a busy machine until enough was done. */
    private boolean goesOn() {
        long elapsed = System.nanoTime() - start;
        return elapsed < TIME.toNanos() || (!didEnough() && elapsed < Await.DEADLINE.toNanos());
    }

    private boolean didEnough() {
        return moves.get() > 20 && echoed.get() > 20 && streamed.get() > 20;
    }

    /** Echoes with backpressure, and counts. */
    private static final class Counting implements ConnectionHandler {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger late = new AtomicInteger();
        private final Queue<Connection> open;

        Counting(Queue<Connection> open) {
            this.open = open;
        }

        @Override
        public void onOpen(Connection connection) {
            opened.incrementAndGet();
            open.add(connection);
        }

        @Override
        public void onData(Connection connection, ByteBuffer in) {
            late.addAndGet(closed.get());
            if (!connection.write(in)) {
                connection.pauseReading();
            }
        }

        @Override
        public void onDrained(Connection connection) {
            late.addAndGet(closed.get());
            connection.resumeReading();
        }

        @Override
        public void onClosed(Connection connection, @Nullable Throwable cause) {
            closed.incrementAndGet();
        }
    }

    private int listen(Queue<Connection> open) throws InterruptedException {
        Protocol protocol = connection -> {
            Counting handler = new Counting(open);
            handlers.add(handler);
            return handler;
        };
        return TestLoop.port(running.call(() -> running.loop.listen(TestLoop.anyPort(), protocol)));
    }

    @Test
    void case50_nothingIsLostWhileEverythingHappensAtOnce() throws Exception {
        int echo = listen(echoes);
        int numbers = listen(targets);
        List<Background> threads = List.of(
                new Background(() -> sendAndExpectBack(echo, new Random(1))),
                new Background(() -> sendAndExpectBack(echo, new Random(2))),
                new Background(() -> readNumbers(numbers)),
                new Background(() -> readNumbers(numbers)),
                new Background(() -> writeNumbers(new Random(3))),
                new Background(() -> writeNumbers(new Random(4))),
                new Background(() -> abortSome(new Random(5))),
                new Background(this::post),
                new Background(() -> move(new Random(6))));
        for (Background thread : threads) {
            thread.join();
        }
        Await.until("all connections end", () -> running.inside.counters().connections() == 0);
        running.close();

        assertEquals(posted.get(), ran.get(), "tasks");
        for (Counting handler : handlers) {
            assertEquals(1, handler.opened.get());
            assertEquals(1, handler.closed.get());
            assertEquals(0, handler.late.get(), "callbacks after the end");
        }
        assertTrue(resets.get() <= aborts.get(), resets + " resets for " + aborts + " aborts");
        assertTrue(
                didEnough(), "it did too little: " + moves + " moves, " + echoed + " echoes, " + streamed + " streams");
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Await.DEADLINE.toMillis());
        return socket;
    }

    private void sendAndExpectBack(int port, Random random) throws IOException {
        while (goesOn()) {
            try (Socket socket = connect(port)) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    byte[] data = new byte[1 + random.nextInt(1 + random.nextInt(60_000))];
                    random.nextBytes(data);
                    socket.getOutputStream().write(data);
                    byte[] back = socket.getInputStream().readNBytes(data.length);
                    assertEquals(ByteBuffer.wrap(data), ByteBuffer.wrap(back));
                    echoed.incrementAndGet();
                }
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0); // our close is a reset
                }
            } catch (SocketException e) {
                resets.incrementAndGet();
            }
        }
    }

    private void readNumbers(int port) throws IOException {
        while (goesOn()) {
            try (Socket socket = connect(port)) {
                InputStream in = socket.getInputStream();
                int expected = 0;
                for (int number = readNumber(in); number != LAST; number = readNumber(in)) {
                    assertEquals(expected++, number);
                }
                assertEquals(-1, in.read(), "an orderly end");
                streamed.incrementAndGet();
            } catch (SocketException e) {
                resets.incrementAndGet();
            }
        }
    }

    private static int readNumber(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Integer.BYTES);
        assertEquals(Integer.BYTES, bytes.length, "the stream ends too early");
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Writes from outside the loop; every stream that was accepted is ended. */
    private void writeNumbers(Random random) {
        while (goesOn() || running.inside.counters().connections() > 0) {
            Connection target = targets.poll();
            if (target != null) {
                int count = random.nextInt(30_000);
                for (int next = 0; next < count; ) {
                    ByteBuffer numbers = ByteBuffer.allocate(4 * Math.min(count - next, 1 + random.nextInt(1_000)));
                    while (numbers.hasRemaining()) {
                        numbers.putInt(next++);
                    }
                    target.write(numbers.flip());
                }
                if (random.nextInt(4) == 0) {
                    aborts.incrementAndGet();
                    target.abort();
                } else {
                    target.write(ByteBuffer.allocate(4).putInt(LAST).flip());
                    target.close();
                }
            }
            Thread.onSpinWait();
        }
    }

    private void abortSome(Random random) {
        while (goesOn()) {
            Connection victim = echoes.poll();
            if (victim != null && random.nextInt(10) == 0) {
                aborts.incrementAndGet();
                victim.abort();
                victim.close();
            }
            Thread.onSpinWait();
        }
    }

    private void post() throws InterruptedException {
        while (goesOn()) {
            for (int i = 0; i < 50; i++) {
                running.loop.execute(ran::incrementAndGet);
                posted.incrementAndGet();
            }
            running.call(() -> "the loop is not flooded");
        }
    }

    private void move(Random random) throws InterruptedException {
        while (goesOn()) {
            if (random.nextInt(3) == 0) {
                running.call(() -> running.loop.moveTo(NoBackend.INSTANCE));
            }
            running.call(() -> running.loop.moveTo(new NioBackend()));
            moves.incrementAndGet();
        }
    }
}
