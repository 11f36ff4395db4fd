package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process of the distribution takes over from another one, under clients. */
@EnabledOnOs(OS.LINUX)
final class UpgradeIT {

    private static final String[] ENDPOINTS = {
        "--set", "pollux.http.endpoint=unix:h.sock", "--set", "pollux.echo.endpoint=tcp://127.0.0.1:0"
    };

    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:0 \\(([0-9]+)\\) +open");

    @TempDir
    private Path folder;

    @Test
    void aNewProcessTakesOverAndNoClientIsRefused() throws Exception {
        Path home = folder.resolve("home");
        try (ServerProcess old = ServerProcess.running(home, ENDPOINTS)) {
            int port = echoPort(old);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    echo(port);
                    served.incrementAndGet();
                    LockSupport.parkNanos(5_000_000); // the test is about one client after the other, not about load
                }
            });
            try (ServerProcess next = ServerProcess.running(home, with(ENDPOINTS, "--succeed"))) {
                String pid = next.process().pid() + "\n";
                Path pids = home.resolve("run/pollux.pid");
                next.await("it serves in the place of the old one", () -> pid.equals(Files.readString(pids)));
                assertEquals(0, old.awaitExit());
                enough.set(true);
                clients.get(30, TimeUnit.SECONDS);
                assertTrue(served.get() > 0, "no client came");
                assertEquals(port, echoPort(next));
                assertEquals("running\n", Files.readString(home.resolve("run/state")), "the old process leaves it");
                next.terminate();
                assertEquals(0, next.awaitExit());
                assertFalse(Files.exists(home.resolve("run/state")));
            } finally {
                enough.set(true);
            }
        }
    }

    @Test
    void aStopThatFollowsAnUpgradeEndsTheOldProcessTooAndTheHomeIsFree() throws Exception {
        Path home = folder.resolve("home");
        try (ServerProcess old = ServerProcess.running(home, with(ENDPOINTS, "--samples"));
                SocketChannel upload = unfinishedUpload(old);
                ServerProcess next = ServerProcess.running(home, with(ENDPOINTS, "--succeed"))) {
            assertTrue(upload.isConnected());
            next.terminate();
            assertEquals(0, next.awaitExit());
            try (ServerProcess third = ServerProcess.running(home, ENDPOINTS)) {
                assertEquals(0, old.awaitExit());
                third.terminate();
                assertEquals(0, third.awaitExit());
            }
        }
    }

    /** A request that keeps its connection open for the whole drain. */
    private static SocketChannel unfinishedUpload(ServerProcess server) throws Exception {
        Path socket = server.home().root().resolve("h.sock");
        server.await("it serves HTTP", () -> Files.exists(socket));
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        client.write(StandardCharsets.US_ASCII.encode(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"));
        assertTrue(client.read(ByteBuffer.allocate(1)) > 0, "its handler waits for the body");
        return client;
    }

    /** It knows the old process, and kills what is left when that ends. */
    @Test
    void aSupervisorThatStopsTheOldProcessStopsTheNewOneToo() throws Exception {
        Path home = folder.resolve("home");
        Map<String, String> supervised =
                Map.of("NOTIFY_SOCKET", folder.resolve("notify").toString());
        try (ServerProcess old = ServerProcess.start(supervised, List.of(), home, ENDPOINTS)) {
            old.awaitPrinted("Pollux runs");
            try (ServerProcess next = ServerProcess.start(supervised, List.of(), home, with(ENDPOINTS, "--succeed"))) {
                next.awaitPrinted("Pollux runs");
                old.terminate();
                assertEquals(0, old.awaitExit());
                assertFalse(next.process().isAlive(), "it would be killed while it drains");
                assertEquals(0, next.awaitExit());
            }
        }
    }

    private static String[] with(String[] options, String... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Of the line {@code tcp://127.0.0.1:0 (PORT) open ...}, as soon as it is there. */
    private static int echoPort(ServerProcess server) throws Exception {
        AtomicInteger found = new AtomicInteger();
        server.await("it serves echo", () -> {
            Matcher port = PORT.matcher(server.shell("endpoints").text());
            if (port.find()) {
                found.set(Integer.parseInt(port.group(1)));
            }
            return found.get() > 0;
        });
        return found.get();
    }

    private static void echo(int port) {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(30_000);
            client.getOutputStream().write(text);
            assertEquals("hello", new String(client.getInputStream().readNBytes(text.length), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
