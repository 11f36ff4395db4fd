package org.pollux.reactor.server;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.runtime.CapturedLog;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Await;

/** What is left when a server is closed: nothing. */
@Timeout(60)
final class ServerEndTest {

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pollux-"))
                .collect(toSet());
    }

    @Test
    void connectionsMayEndBeforeTheServerDoes() throws IOException {
        TestServer test = TestServer.start();
        TestProtocol protocol = new TestProtocol("A").stubborn();
        test.serve("a", protocol, ANY_PORT);
        int port = test.port("a");
        CompletableFuture<Void> end;
        try (Client client = test.connect("a").receives("A")) {
            end = CompletableFuture.runAsync(test::close);
            Eventually.holds("it is told", () -> protocol.told.get() == 1);
            Client.isRefused(port);
            client.hearsItsEcho("goodbye");
        }
        end.orTimeout(40, TimeUnit.SECONDS).join();
        assertEquals(1, protocol.closed.get());
    }

    @Test
    void whoHasConnectedWhenItBeginsIsServed() throws Exception {
        TestServer test = TestServer.start();
        CountDownLatch held = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        test.serve("held", _ -> (connection, in) -> hold(held, free, in), ANY_PORT);
        test.serve("a", new TestProtocol("A"), ANY_PORT);
        Thread end = new Thread(test::close);
        try (Client one = test.connect("held");
                Client other = test.connect("held")) {
            one.send("hold up a loop");
            other.send("and the other");
            Await.latch("both loops are held up", held);
            try (Client client = test.connect("a")) { // by the kernel
                end.start();
                Eventually.holds("it waits for the loops", () -> end.getState() == Thread.State.WAITING);
                free.countDown();
                client.receives("A").receivesEnd();
            }
        }
        Await.end(end);
    }

    private static void hold(CountDownLatch held, CountDownLatch free, ByteBuffer in) {
        in.position(in.limit());
        held.countDown();
        try {
            free.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void connectionsThatDoNotEndDoNotKeepIt() throws IOException {
        TestServer test = TestServer.start(TestServer.drainingFor(Duration.ofMillis(200)));
        TestProtocol protocol = new TestProtocol("A").stubborn();
        test.serve("a", protocol, ANY_PORT);
        try (Client client = test.connect("a").receives("A")) {
            test.close();
            client.receivesEnd();
        }
        assertEquals(1, protocol.closed.get());
    }

    @Test
    void theLogNamesTheConnectionsThatAreLost() throws IOException {
        try (CapturedLog log = new CapturedLog();
                TestServer test = TestServer.start(TestServer.drainingFor(Duration.ofMillis(200)))) {
            ProtocolOffer service = test.serve("a", new TestProtocol("A").stubborn(), ANY_PORT);
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 21; i++) {
                clients.add(test.connect("a").receives("A"));
            }
            test.withdraw(service);
            for (Client client : clients) {
                client.receivesEnd();
                client.close();
            }
            log.says("21 connections of a did not end in time and are closed:\n  connection /127.0.0.1:");
            log.says(" of a at " + ANY_PORT + " (" + TestProtocol.class.getName() + ")");
            log.says("\n  and 1 more");
        }
    }

    @Test
    void noThreadIsLeft() throws IOException {
        assertEquals(Set.of(), threads(), "of other tests");
        TestServer test = TestServer.start();
        assertEquals(
                6,
                threads().size(),
                "two loops, that for administration, the admin thread, the watch, and that of certificates");
        test.close();
        assertEquals(Set.of(), threads());
    }

    @Test
    void noDescriptorIsLeft() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "only Linux shows them");
        endAServerWithAllThatItCanHave(); // loads classes, whose files stay open
        Eventually.holds("as many as before", () -> {
            long before = count(descriptors);
            endAServerWithAllThatItCanHave();
            return count(descriptors) <= before;
        });
    }

    private static void endAServerWithAllThatItCanHave() {
        try (TestServer test = TestServer.start(TestServer.drainingFor(Duration.ZERO))) {
            test.serve("a", new TestProtocol("A"), ANY_PORT + ",tcp://127.0.0.1:0");
            Reactor reactor = test.server.open();
            assertEquals("nio", reactor.backend());
            test.connect("a").receives("A").close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(Path folder) {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path _ : entries) {
                count++;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return count;
    }

    @Test
    void aParkedServerEndsWithoutWaitingForWhatCannotHappen() throws IOException {
        TestServer test = TestServer.parked();
        TestBackend backend = new TestBackend("one");
        test.server.offer(backend, 0);
        test.serve("a", new TestProtocol("A").stubborn(), ANY_PORT);
        try (Client client = test.connect("a").receives("A")) {
            test.server.withdraw(backend);
            long start = System.nanoTime();
            test.close();
            assertTrue(System.nanoTime() - start < TestServer.SETTINGS.drain().toNanos(), "it has waited");
            client.receivesEnd();
        }
    }

    @Test
    void closingTwiceIsHarmless() throws IOException {
        TestServer test = TestServer.start();
        test.close();
        test.close();
    }

    @Test
    void whatComesAfterTheEndIsIgnoredOrRefused() throws IOException {
        TestServer test = TestServer.start();
        test.close();
        test.serve("a", new TestProtocol("A"), ANY_PORT);
        assertTrue(test.server.status().endpoints().isEmpty());
        assertThrows(IllegalStateException.class, () -> test.server.swap("nio"));
        assertThrows(IOException.class, test.server::open);
    }

    @Test
    void aHandlerMayCloseTheServer() throws IOException {
        TestServer test = TestServer.start(TestServer.drainingFor(Duration.ZERO));
        test.serve("a", _ -> (connection, in) -> test.close(), ANY_PORT);
        try (Client client = test.connect("a")) {
            client.send("stop!");
            Eventually.holds("all threads have ended", () -> threads().isEmpty());
        }
    }

    @Test
    void aHandlerThatDoesNotReturnIsInterrupted() throws IOException {
        TestServer test = TestServer.start(TestServer.drainingFor(Duration.ZERO));
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        test.serve("a", _ -> (connection, in) -> hold(stuck, never, in), ANY_PORT);
        try (Client client = test.connect("a")) {
            client.send("wait for ever");
            Eventually.holds("the handler is stuck", () -> stuck.getCount() == 0);
            test.close();
            assertEquals(Set.of(), threads());
        }
    }
}
