package org.pollux.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TestedBackend;
import org.pollux.reactor.testkit.TurnedReactor;

/** The shell over real sockets: what comes in pieces is whole at both ends. */
@Timeout(60)
final class ShellOnSocketsTest {

    private static final String OK = "\u0000000\n";

    /** The methods are commands. */
    public static final class Commands {

        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        public void say(String what) {
            System.out.println(what);
        }

        public void flood(int kilobytes) {
            System.out.print(("x".repeat(1023) + "\n").repeat(kilobytes));
        }

        public void hang() throws InterruptedException {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    private static final ThreadIOImpl THREAD_IO = new ThreadIOImpl();

    private final CommandProcessorImpl processor = new CommandProcessorImpl(THREAD_IO);
    private final Commands commands = new Commands();
    private final ShellProtocol shell = new ShellProtocol(processor, _ -> List.of(), 32, Duration.ofMinutes(5));
    private TurnedReactor reactor;
    private Peer peer;

    @BeforeAll
    static void startThreadIo() {
        THREAD_IO.start();
    }

    @AfterAll
    static void stopThreadIo() {
        THREAD_IO.stop();
    }

    @BeforeEach
    void open() throws IOException {
        for (String name : new String[] {"say", "flood", "hang"}) {
            processor.addCommand("test", commands, name);
        }
        ManualClock clock = new ManualClock();
        EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()), clock);
        reactor = new TurnedReactor(new SwappableReactor(loop, loop::turn, loop::moveTo), clock);
        peer = reactor.accept(shell);
    }

    @AfterEach
    void close() throws InterruptedException {
        shell.close();
        reactor.close();
    }

    private void sends(String expected) {
        reactor.turnUntil("all is sent", () -> peer.receiveSome().size() >= expected.getBytes(UTF_8).length);
        assertEquals(expected, new String(peer.received(), UTF_8));
    }

    @Test
    void aCommandIsRunAndItsStatusIsLast() {
        peer.send("RUN say Grüße\n");
        sends("Grüße\n" + OK);
        peer.receivesEnd();
    }

    @Test
    void aLongOutputIsWhole() {
        peer.send("RUN flood 300\n");
        sends(("x".repeat(1023) + "\n").repeat(300) + OK);
        peer.receivesEnd();
    }

    @Test
    void eachLineHasItsOutputInItsOrder() {
        StringBuilder lines = new StringBuilder("LINES\n");
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            lines.append("say ").append(i).append('\n');
            expected.append(i).append('\n').append(OK);
        }
        peer.send(lines.toString());
        sends(expected.toString());
    }

    @Test
    void aClientThatResetsInterruptsItsCommand() {
        peer.send("RUN hang\n");
        reactor.turnUntil("the command is hanging", () -> commands.hanging.getCount() == 0);
        peer.reset();
        reactor.turnUntil("the command is interrupted", () -> commands.interrupted.getCount() == 0);
    }
}
