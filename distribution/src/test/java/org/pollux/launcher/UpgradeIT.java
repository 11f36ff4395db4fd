package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                }
            });
            String[] succeed = {"--succeed", ENDPOINTS[0], ENDPOINTS[1], ENDPOINTS[2], ENDPOINTS[3]};
            try (ServerProcess next = ServerProcess.running(home, succeed)) {
                String pid = next.process().pid() + "\n";
                assertEquals(pid, Files.readString(home.resolve("run/pollux.pid")));
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

    private static int echoPort(ServerProcess server) {
        String endpoints = server.shell("endpoints").text();
        Matcher port = Pattern.compile("127\\.0\\.0\\.1:([1-9][0-9]*)").matcher(endpoints);
        assertTrue(port.find(), endpoints);
        return Integer.parseInt(port.group(1));
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
