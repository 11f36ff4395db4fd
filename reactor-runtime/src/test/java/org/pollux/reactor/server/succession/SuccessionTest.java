package org.pollux.reactor.server.succession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.succession.House.TCP;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One server takes over from another. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class SuccessionTest {

    private static final String UDP = "udp://127.0.0.1:0";
    private static final String UNIX = "unix:a.sock";

    @TempDir
    private Path home;

    @BeforeEach
    void makeRun() throws IOException {
        Files.createDirectory(home.resolve("run"));
    }

    @Test
    void everySocketIsTheSuccessorsAndThePredecessorMayEnd() throws Exception {
        try (House old = House.serving(home, "A", TCP, UDP, UNIX);
                DatagramSocket client = new DatagramSocket()) {
            SocketAddress tcp = old.address(TCP);
            SocketAddress udp = old.address(UDP);
            SocketAddress unix = old.address(UNIX);
            try (House next = House.following(home, "B", TCP, UDP, UNIX)) {
                assertEquals("serves", next.hears());
                assertEquals(tcp, next.address(TCP));
                assertEquals("B", House.asked(tcp));
                assertEquals("Bhello", House.sent(client, udp, "hello"));
                assertEquals("B", House.asked(unix));
                assertEquals("left", old.hears());
                assertEquals("end", old.hears());
                assertEquals("alone", next.hears());
                old.end();
                assertEquals("B", House.asked(tcp));
                assertEquals("B", House.asked(unix), "the file of the socket is not the old server's any more");
            }
            assertFalse(Files.exists(home.resolve("a.sock")));
        }
    }

    @Test
    void openConnectionsDrainWhereTheyAre() throws Exception {
        try (House old = House.serving(home, "A", TCP);
                SocketChannel early = SocketChannel.open(old.address(TCP))) {
            assertEquals("A", House.greeting(early));
            try (House next = House.following(home, "B", TCP)) {
                assertEquals("serves", next.hears());
                assertEquals("left", old.hears());
                early.write(ByteBuffer.wrap(new byte[] {'x'}));
                // a handler that does not end at a shutdown is closed by the runtime; what it wrote arrives
                assertTrue("x end".contains(House.greeting(early)));
                early.shutdownOutput();
                assertEquals("end", old.hears());
            }
        }
    }

    @Test
    void noClientIsRefusedAndNoDatagramIsLostWhileProcessesFollowOneAnother() throws Exception {
        House serving = House.serving(home, "A", TCP, UDP);
        SocketAddress tcp = serving.address(TCP);
        SocketAddress udp = serving.address(UDP);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        CompletableFuture<Void> streams = CompletableFuture.runAsync(() -> {
            try {
                while (!enough.get()) {
                    assertTrue("AB".contains(House.asked(tcp)));
                    served.incrementAndGet();
                }
            } catch (IOException e) {
                throw new AssertionError("after " + served + " clients", e);
            }
        });
        CompletableFuture<Void> datagrams = CompletableFuture.runAsync(() -> {
            try (DatagramSocket client = new DatagramSocket()) {
                for (int i = 0; !enough.get(); i++) {
                    assertEquals(
                            Integer.toString(i),
                            House.sent(client, udp, Integer.toString(i)).substring(1));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 0; i < 6; i++) {
            House next = House.following(home, i % 2 == 0 ? "B" : "A", TCP, UDP);
            assertEquals("serves", next.hears());
            assertEquals("left", serving.hears());
            assertEquals("end", serving.hears());
            serving.close();
            assertEquals("alone", next.hears());
            assertEquals("open", next.hears());
            serving = next;
        }
        enough.set(true);
        streams.get(30, TimeUnit.SECONDS);
        datagrams.get(30, TimeUnit.SECONDS);
        serving.close();
        assertTrue(served.get() > 10, served + " clients");
    }

    @Test
    void anEndpointThatTheSuccessorDoesNotWantIsClosedAndOneMoreIsOpened() throws Exception {
        try (House old = House.serving(home, "A", TCP, UNIX)) {
            SocketAddress unix = old.address(UNIX);
            try (House next = House.following(home, "B", TCP, "unix:more.sock")) {
                assertEquals("serves", next.hears());
                assertEquals("B", House.asked(next.address("unix:more.sock")));
                assertEquals("left", old.hears());
                assertEquals("end", old.hears());
                old.end();
                assertTrue(isRefused(unix));
            }
        }
    }

    private static boolean isRefused(SocketAddress address) {
        try {
            House.asked(address);
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void aSuccessorWithAProblemOfItsOwnDoesNotTakeOver() throws Exception {
        try (House old = House.serving(home, "A", TCP);
                House next = House.following(home, "B", TCP, "unix:none/such.sock")) {
            String failed = next.hears();
            assertTrue(failed.startsWith("failed: unix:none/such.sock"), failed);
            assertEquals("A", House.asked(old.address(TCP)));
            assertEquals("A", House.asked(old.address(TCP)));
        }
    }

    @Test
    void aProblemThatThePredecessorHasTooIsNoObstacle() throws Exception {
        try (House old = House.serving(home, "A", TCP, "unix:none/such.sock");
                House next = House.following(home, "B", TCP, "unix:none/such.sock")) {
            assertEquals("serves", next.hears());
            assertEquals("B", House.asked(old.address(TCP)));
        }
    }

    @Test
    void aProblemThatIsTooLongForAMessageIsComparedAsFarAsItGoes() throws Exception {
        String far = "unix:" + "none/".repeat(200) + "such.sock";
        try (House old = House.serving(home, "A", TCP, far);
                House next = House.following(home, "B", TCP, far)) {
            assertEquals("serves", next.hears());
            assertEquals("B", House.asked(old.address(TCP)));
        }
    }

    @Test
    void aSuccessorThatIsStoppedWhenItServesLeavesNobodyBehind() throws Exception {
        try (House old = House.serving(home, new Patience(House.DEADLINE, House.DEADLINE, House.DEADLINE), "A", TCP)) {
            SocketAddress tcp = old.address(TCP);
            House next = House.following(home, "B", TCP);
            assertEquals("serves", next.hears());
            assertEquals("left", old.hears());
            next.close();
            assertEquals("end", old.hears(), "and not back");
            old.end();
            assertTrue(isRefused(tcp));
        }
    }
}
