package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseInterceptor;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.testkit.TestedBackend;

/** Large files on real sockets, which the system sends by itself. */
@Timeout(60)
class FileSocketsTest {

    private static final int LENGTH = 24 * 1024 * 1024;
    private static final String GET = "GET /file HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String LAST = GET.replace("Host", "Connection: close\r\nHost");

    private final byte[] content = new byte[LENGTH];
    private final Path folder;
    private final Path path;
    private final BlockingQueue<FileChannel> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final EventLoop loop = new EventLoop(TestedBackend.of(new NioBackend()));
    private final WireChooser protocol;

    FileSocketsTest(@TempDir Path folder) throws IOException {
        new Random(1).nextBytes(content);
        this.folder = folder;
        path = Files.write(folder.resolve("file"), content);
        RouteRegistry routes = new RouteRegistry();
        routes.add((request, response) -> send(response), Mount.at("/file"));
        routes.add((request, response) -> send(response), Mount.at("/blocking").blocking());
        routes.add(
                (request, response, next) -> next.handle(request, response.intercept(new ResponseInterceptor() {
                    @Override
                    public void onEnd(Request of, int status, long bytes, @Nullable Throwable failure) {
                        ended.add(failure != null ? "failed" : bytes + " bytes");
                    }
                })),
                Mount.at("/*"));
        protocol = new WireChooser(routes, HttpSettings.defaults());
    }

    private void send(Response response) throws IOException {
        FileChannel file = FileChannel.open(path);
        opened.add(file);
        response.send(file, 0, LENGTH);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private SocketChannel connect(SocketAddress address) throws IOException {
        SocketAddress local = loop.listen(address, protocol).local();
        Thread _ = Thread.startVirtualThread(loop::run);
        return SocketChannel.open(local);
    }

    private SocketChannel connect() throws IOException {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void ask(SocketChannel client, String request) throws IOException {
        client.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
    }

    private static byte[] readToEnd(SocketChannel client) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * LENGTH);
        ByteBuffer buffer = ByteBuffer.allocate(100_000);
        while (client.read(buffer.clear()) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
        }
        return all.toByteArray();
    }

    private void assertFilesAreIn(byte[] all, int files) {
        int at = 0;
        for (int i = 0; i < files; i++) {
            String head = new String(all, at, 400, US_ASCII);
            at += head.indexOf("\r\n\r\n") + 4;
            assertArrayEquals(content, Arrays.copyOfRange(all, at, at + LENGTH));
            at += LENGTH;
        }
        assertEquals(all.length, at);
    }

    private void assertAllIsClosed(String... ends) throws InterruptedException {
        for (String end : ends) {
            assertEquals(end, ended.poll(40, TimeUnit.SECONDS));
            FileChannel file = opened.remove(); // it was opened before its end
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (file.isOpen() && System.nanoTime() < deadline) { // it is closed right behind the end
                Thread.onSpinWait();
            }
            assertFalse(file.isOpen());
        }
        assertTrue(opened.isEmpty() && ended.isEmpty());
    }

    @Test
    void oneAfterTheOther() throws Exception {
        try (SocketChannel client = connect()) {
            ask(client, GET + GET.replace("/file", "/blocking") + LAST);
            assertFilesAreIn(readToEnd(client), 3);
        }
        String all = LENGTH + " bytes";
        assertAllIsClosed(all, all, all);
    }

    @Test
    void overAUnixDomainSocket() throws Exception {
        try (SocketChannel client = connect(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            ask(client, GET + LAST);
            assertFilesAreIn(readToEnd(client), 2);
        }
    }

    @Test
    void aClientThatGoesAwayInTheMiddle() throws Exception {
        try (SocketChannel client = connect()) {
            ask(client, GET);
            client.read(ByteBuffer.allocate(100));
        }
        assertAllIsClosed("failed");
    }

    @Test
    void aFileThatBecomesShorterIsCutOff() throws Exception {
        try (SocketChannel client = connect()) {
            ask(client, GET);
            client.read(ByteBuffer.allocate(100));
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(LENGTH / 2);
            }
            long received = 0;
            try {
                received = readToEnd(client).length;
            } catch (IOException e) {
                assertEquals("Connection reset", e.getMessage());
            }
            assertTrue(received < LENGTH);
        }
        assertAllIsClosed("failed");
    }
}
