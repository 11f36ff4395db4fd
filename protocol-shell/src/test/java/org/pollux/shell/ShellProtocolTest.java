package org.pollux.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;

/** The shell on a connection without a loop, with the real Gogo and some commands. */
final class ShellProtocolTest {

    private static final String OK = "\u0000000\n";
    private static final String FAILED = "\u0000001\n";
    private static final String NOT_UNDERSTOOD = "\u0000002\n";

    /** The methods are commands. */
    public static final class Commands {

        final CountDownLatch hanging = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        /** Done by {@link #stop}. */
        volatile Stop stopping = () -> {};

        /** Whether {@link #stop} was interrupted. */
        final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        private interface Stop {
            void run() throws InterruptedException;
        }

        public void say(String what) {
            System.out.println(what);
        }

        public String response() {
            return "forty-two";
        }

        public void fail() {
            throw new IllegalStateException("the pump is dry");
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

        /** As {@code felix:update} does with a bundle below the shell. */
        public void stop() throws InterruptedException {
            hanging.countDown();
            stopping.run();
            ended.complete(Thread.currentThread().isInterrupted());
        }

        public void zero() {
            System.out.print("a\u0000007\nb");
        }

        public void flood(int kilobytes) {
            for (int i = 0; i < kilobytes; i++) {
                System.out.print("x".repeat(1023) + "\n");
            }
        }
    }

    /** One for all tests: it stands in for System.out, which a thread that ends late must not find exchanged. */
    private static final ThreadIOImpl THREAD_IO = new ThreadIOImpl();

    private static final int SESSIONS = 32;

    private final CommandProcessorImpl processor = new CommandProcessorImpl(THREAD_IO);
    private final Commands commands = new Commands();
    private final ShellProtocol shell = new ShellProtocol(
            processor,
            line -> List.of("status\twhat runs", "stop").stream()
                    .filter(word -> word.startsWith(line))
                    .toList(),
            SESSIONS,
            Duration.ofMinutes(5));
    private final HandReactor reactor = new HandReactor();
    private final HandConnection connection = new HandConnection(
            reactor, shell, UnixDomainSocketAddress.of("shell.sock"), UnixDomainSocketAddress.of(""));

    @BeforeAll
    static void startThreadIo() {
        THREAD_IO.start();
    }

    @AfterAll
    static void stopThreadIo() {
        THREAD_IO.stop();
    }

    @BeforeEach
    void open() {
        for (String name : new String[] {"say", "response", "fail", "hang", "flood", "zero", "stop"}) {
            processor.addCommand("test", commands, name);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        shell.close();
    }

    private void send(String text) {
        connection.receive(text.getBytes(UTF_8));
        assertEquals(0, connection.unread(), "all is taken");
    }

    private String sent() {
        return new String(connection.sentBytes(), UTF_8);
    }

    private void awaitSent(String text) {
        reactor.turnUntil("'" + text + "' is sent", () -> sent().contains(text));
    }

    private void awaitEnd() {
        reactor.turnUntil("the connection ends", () -> connection.isFinished() || connection.isClosed());
    }

    private void assertResponse(String expected) {
        awaitEnd();
        assertEquals(expected, sent());
    }

    @Test
    void runs_one_command_and_ends_with_its_status() {
        send("RUN say Grüße\n");
        assertResponse("Grüße\n" + OK);
    }

    @Test
    void a_line_may_come_in_pieces_and_end_with_a_carriage_return() {
        send("RU");
        send("N say hel");
        send("lo\r\n");
        assertResponse("hello\n" + OK);
    }

    @Test
    void prints_what_a_command_returns() {
        send("RUN response\n");
        assertResponse("forty-two\n" + OK);
    }

    @Test
    void a_command_that_takes_too_long_is_interrupted_and_its_session_ends() throws InterruptedException {
        shell.limits(SESSIONS, Duration.ofMillis(20));
        send("LINES\nhang\n");
        assertResponse("'hang' has not ended after 0.02 s, which is commandTimeout of pollux.shell; it was interrupted,"
                + " and this session ends\n" + FAILED);
        Await.latch("the command is interrupted", commands.interrupted);
    }

    @Test
    void a_command_that_ends_in_time_is_not_interrupted_later() {
        shell.limits(SESSIONS, Duration.ofSeconds(30));
        send("RUN response\n");
        assertResponse("forty-two\n" + OK);
    }

    @Test
    void a_command_that_throws_has_its_message_printed_and_status_1() {
        send("RUN fail\n");
        assertResponse("the pump is dry\n" + FAILED);
    }

    @Test
    void an_unknown_command_is_named() {
        send("RUN brew\n");
        assertResponse("unknown command 'brew'; 'help' lists those that there are\n" + FAILED);
    }

    @Test
    void a_first_line_that_is_not_understood_is_quoted() {
        send("GET / HTTP/1.1\n");
        assertResponse("not understood: 'GET / HTTP/1.1'. The first line is RUN COMMAND, LINES, SHELL or SHELL PROMPT\n"
                + NOT_UNDERSTOOD);
    }

    @Test
    void a_zero_byte_of_a_command_is_sent_twice_so_that_it_ends_nothing() {
        send("RUN zero\n");
        assertResponse("a\u0000\u0000007\nb" + OK);
    }

    @Test
    void lines_get_a_response_each_with_an_end_of_its_own() {
        send("LINES\n");
        send("say one\n");
        awaitSent("one\n" + OK);
        send("fail\n");
        awaitSent("one\n" + OK + "the pump is dry\n" + FAILED);
    }

    @Test
    void a_line_that_begins_with_a_tab_is_completed_and_not_run() {
        send("LINES\n\tst\n");
        awaitSent("status\twhat runs\nstop\n" + OK);
        send("\tfly\n");
        awaitSent("status\twhat runs\nstop\n" + OK + OK);
    }

    @Test
    void a_terminal_is_prompted_until_it_says_exit() {
        send("SHELL > \n");
        awaitSent("> ");
        send("say one\nfail\n\n");
        awaitSent("one\n> the pump is dry\n> > ");
        send("exit\n");
        assertResponse("> one\n> the pump is dry\n> > " + FAILED);
    }

    @Test
    void plain_lines_are_all_run_when_their_end_has_come_before() {
        send("SHELL\nfail\nsay one\nsay two\n");
        connection.receiveEnd();
        assertResponse("the pump is dry\none\ntwo\n" + OK);
    }

    @Test
    void a_client_that_goes_away_interrupts_its_command() throws InterruptedException {
        send("RUN hang\n");
        Await.latch("the command is hanging", commands.hanging);
        connection.receiveEnd();
        Await.latch("the command is interrupted", commands.interrupted);
        awaitEnd();
    }

    @Test
    void a_connection_that_breaks_interrupts_its_command() throws InterruptedException {
        send("SHELL\nhang\n");
        Await.latch("the command is hanging", commands.hanging);
        connection.reset();
        Await.latch("the command is interrupted", commands.interrupted);
    }

    @Test
    void stopping_interrupts_what_runs_and_closes_the_connection() throws InterruptedException {
        send("RUN hang\n");
        Await.latch("the command is hanging", commands.hanging);
        shell.close();
        Await.latch("the command is interrupted", commands.interrupted);
        awaitEnd();
        assertTrue(connection.sent().contains("'pollux shell' begins another"), connection.sent());
    }

    @Test
    void a_command_that_stops_the_shell_is_not_interrupted() throws Exception {
        commands.stopping = shell::close;
        send("RUN stop\n");
        assertFalse(commands.ended.get(1, TimeUnit.MINUTES));
        awaitEnd();
    }

    @Test
    void a_command_is_not_interrupted_when_the_server_closes_the_connection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        commands.stopping = closed::await;
        send("RUN stop\n");
        Await.latch("the command runs", commands.hanging);
        connection.shutDown();
        connection.reset(); // as at the end of the drain
        closed.countDown();
        assertFalse(commands.ended.get(1, TimeUnit.MINUTES));
    }

    @Test
    void a_command_that_outlives_its_connection_is_interrupted_when_the_shell_stops() throws InterruptedException {
        send("RUN hang\n");
        Await.latch("the command is hanging", commands.hanging);
        connection.shutDown();
        connection.reset();
        shell.close();
        Await.latch("the command is interrupted", commands.interrupted);
    }

    @Test
    void a_server_that_stops_ends_a_shell_that_waits_for_a_line() {
        send("SHELL > \n");
        awaitSent("> ");
        connection.shutDown();
        assertResponse("> " + OK);
    }

    @Test
    void output_waits_for_a_client_that_does_not_read() {
        connection.block();
        send("RUN flood 200\n");
        reactor.turnUntil("the mark is reached", () -> connection.pending() > 64 << 10);
        assertTrue(connection.pending() < 100 << 10, "and not left far behind");
        assertTrue(connection.isOpen());

        connection.drain();
        awaitEnd();
        assertEquals((200 << 10) + OK.length(), sent().length());
    }

    @Test
    void input_that_nobody_reads_is_left_to_the_connection() throws InterruptedException {
        send("SHELL\nhang\n");
        Await.latch("the command is hanging", commands.hanging);
        byte[] lines = "say x\n".repeat(Inbox.CAPACITY / 3).getBytes(UTF_8);

        connection.receive(lines);

        assertEquals(lines.length - Inbox.CAPACITY, connection.unread());
        assertTrue(connection.isReadingPaused());
    }

    @Test
    void reading_is_resumed_when_the_input_has_been_used_up() {
        send("SHELL\n");
        connection.receive(" ".repeat(Inbox.CAPACITY + 100) + "\nsay done\nexit\n");
        assertTrue(connection.isReadingPaused());
        assertResponse("done\n" + OK);
    }
}
