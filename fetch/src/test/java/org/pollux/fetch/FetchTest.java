package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, but for the process around it. */
final class FetchTest {

    @TempDir
    private Path folder;

    private FaultyServer server;
    private List<String> terminals = List.of();
    private InputStream in = InputStream.nullInputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private WritableByteChannel outChannel = Channels.newChannel(out);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void serve() throws IOException {
        server = new FaultyServer();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void assertStatus(int status, String... args) {
        PrintStream print = new PrintStream(err, true, UTF_8);
        assertEquals(status, new Main(terminals, environment, in, outChannel, print).run(List.of(args)), this::told);
    }

    private String told() {
        return err.toString(UTF_8);
    }

    private void assertTold(String line) {
        assertTrue(told().lines().anyMatch(line::equals), () -> "not told: " + line + "\n" + told());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> environment = Map.of();

    @ParameterizedTest
    @ValueSource(strings = {"nio", "libevent"})
    void aThousandUrlsAreSavedByteForByte(String backend) throws Exception {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            list.append(server.url("/file/" + i)).append('\n');
        }
        in = new ByteArrayInputStream(list.toString().getBytes(UTF_8));
        assertStatus(0, "-i", "-", "-o", folder.toString(), "--backend", backend);
        assertEquals(1000, files().size());
        for (int i = 0; i < 1000; i++) {
            assertArrayEquals(FaultyServer.file(i), Files.readAllBytes(folder.resolve(Integer.toString(i))));
        }
        assertTrue(told().contains("\n1000 files, "), this::told);
    }

    @Test
    void whatIsPrintedHasTheOrderOfTheUrls() throws Exception {
        List<String> urls = new ArrayList<>();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 200; i > 0; i--) {
            urls.add(server.url("/file/" + i));
            expected.write(FaultyServer.file(i));
        }
        assertStatus(0, urls.toArray(String[]::new));
        assertArrayEquals(expected.toByteArray(), out.toByteArray());
    }

    @Test
    void eachFailureIsToldAsWhatItIsAndTheOthersAreSaved() throws Exception {
        int dead;
        try (ServerSocket closed = new ServerSocket(0)) {
            dead = closed.getLocalPort();
        }
        String deadUrl = "http://127.0.0.1:" + dead + "/";
        String secureUrl = "https://127.0.0.1:" + dead + "/";
        assertStatus(0, "-q", server.url("/file/1")); // loads the classes, so that the time below is that of the URLs
        assertStatus(
                1,
                "--timeout",
                "3",
                "-o",
                folder.toString(),
                server.url("/file/3"),
                deadUrl,
                "http://nosuch.invalid/",
                server.url("/nothing"),
                server.url("/loop"),
                server.url("/never"),
                server.url("/short"),
                server.url("/trickle"),
                server.url("/ssh"),
                secureUrl,
                "http:nonsense",
                server.url("/%2e%2e"),
                server.url("/moved"));
        assertEquals(List.of("3", "moved"), files(), this::told);
        assertArrayEquals(FaultyServer.file(7), Files.readAllBytes(folder.resolve("moved")));

        assertTold("pollux: " + deadUrl + ": no connection to 127.0.0.1:" + dead + ": Connection refused");
        assertTrue(told().contains("pollux: http://nosuch.invalid/: unknown host nosuch.invalid"), this::told);
        assertTold("pollux: " + server.url("/nothing") + ": 404 Not Found");
        assertTrue(
                told().contains(server.url("/loop") + ": redirect loop: " + server.url("/loop") + " -> "), this::told);
        assertTrue(told().contains(server.url("/never") + ": timed out after 3 s: no byte of a response"), this::told);
        assertTrue(told().contains(server.url("/short") + ": body ended early: 3 of 1000 bytes had come"), this::told);
        assertTrue(
                told().matches("(?s).*/trickle: timed out after 3 s: [0-9]+ of 1000 bytes had come\n.*"), this::told);
        assertTrue(
                told().contains(server.url("/ssh") + ": not HTTP/1.x: the response begins with 'SSH-2.0-Fake"),
                this::told);
        assertTold("pollux: " + secureUrl + ": no connection to 127.0.0.1:" + dead + ": Connection refused");
        assertTold("pollux: http:nonsense: 'nonsense' is not a port: ports go from 1 to 65535");
        assertTold("pollux: " + server.url("/%2e%2e") + ": the last part of its path, '..', is not a name for a file");
        assertTold(server.url("/file/3") + " -> " + folder.resolve("3") + ": 291 bytes");
        assertTrue(told().contains("; 11 failed\n"), this::told);
    }

    /** As /dev/null is: the superuser could replace it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeOrADeviceIsWrittenAndNeverReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readAllBytes(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertStatus(0, "-o", pipe.toString(), server.url("/file/7"));
        assertFalse(Files.isRegularFile(pipe), "it is a file now");
        assertArrayEquals(FaultyServer.file(7), read.get(40, TimeUnit.SECONDS));
        assertEquals(List.of("pipe"), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q", "-C", "-I"})
    void aFolderThatIsNotThereIsNamed(String option) {
        Path file = folder.resolve("none/file");
        assertStatus(1, option, "-o", file.toString(), server.url("/file/7"));
        assertTold("pollux: " + server.url("/file/7") + ": cannot write " + file + ": its folder does not exist");
    }

    @Test
    void ofAFailureNothingIsPrintedAndTheOthersFollow() {
        assertStatus(1, server.url("/short"), server.url("/file/1"), server.url("/nothing"), server.url("/file/2"));
        assertEquals(FaultyServer.file(1).length + FaultyServer.file(2).length, out.size());
    }

    @Test
    void oneAtATimeIsEnough() {
        assertStatus(0, "--max", "1", server.url("/file/1"), server.url("/file/2"), server.url("/file/3"));
        assertEquals(97 + 194 + 291, out.size());
    }

    @Test
    void quietMeansFailuresOnly() {
        assertStatus(1, "-q", server.url("/file/1"), server.url("/nothing"));
        assertEquals("pollux: " + server.url("/nothing") + ": 404 Not Found\n", told());
    }

    @Test
    void aTerminalSeesALineThatIsWrittenOver() {
        terminals = List.of("err");
        assertStatus(1, server.url("/file/1"), server.url("/trickle-and-end"));
        assertTrue(told().contains("1 of 2 files, "), this::told);
        assertTrue(told().contains("\r\u001B[Kpollux: "), this::told);
        assertTrue(told().endsWith("; 1 failed\n"), this::told);
    }

    @Test
    void whoeverReadsNoMoreEndsIt() {
        outChannel = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer data) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        assertStatus(141, server.url("/file/1"), server.url("/never"));
        assertTrue(told().contains("cannot print: Broken pipe"), this::told);
    }

    @Test
    void whoHasNoStandardOutputIsTold() {
        terminals = List.of("closed");
        assertStatus(1, server.url("/file/1"));
        assertTrue(told().contains("cannot print: standard output is closed; -o saves to a folder"), this::told);
        assertStatus(0, "-q", "-o", folder.toString(), server.url("/file/1"));
    }

    /** A part as a whole, a redirection of meaning, what only an error is: none of it is a file. */
    @Test
    void aResponseToSomethingElseIsNoFile() throws Exception {
        assertStatus(
                1,
                "-o",
                folder.toString(),
                server.url("/status/206"),
                server.url("/status/304"),
                server.url("/status/226"),
                server.url("/status/101"),
                server.url("/status/205"),
                server.url("/status/600"),
                server.url("/status/999"),
                server.url("/status/099"),
                server.url("/file/1"));
        assertEquals(List.of("1"), files());
        assertTold("pollux: " + server.url("/status/206")
                + ": 206 Partial Content: a part of it, not the whole, but the request has no Range");
        assertTold("pollux: " + server.url("/status/600") + ": 600 Odd");
        assertTold("pollux: " + server.url("/status/099") + ": 99 Odd");
        assertTrue(told().contains("; 8 failed\n"), this::told);
    }

    @Test
    void aListIsUtf8AndNothingElse() throws Exception {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.writeBytes(("\uFEFF" + server.url("/echo/\u00E4") + "\r\n\r\n# a comment\n").getBytes(UTF_8));
        list.writeBytes((server.url("/echo/\u00E4") + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        list.writeBytes((server.url("/echo/a b") + "\n").getBytes(UTF_8));
        list.writeBytes((server.url("/echo/\0\u001B[2J") + "\n").getBytes(UTF_8));
        list.writeBytes(("http://h/" + "x".repeat(1_000_000) + "\n").getBytes(UTF_8));
        list.writeBytes((server.url("/echo/" + "\u00E4".repeat(50_000)) + "\n").getBytes(UTF_8));
        list.writeBytes((" ".repeat(100_000) + server.url("/echo/far") + "\n").getBytes(UTF_8));
        list.writeBytes(server.url("/echo/last").getBytes(UTF_8));
        in = new ByteArrayInputStream(list.toByteArray());
        assertStatus(1, "-i", "-");
        assertEquals("/echo/%C3%A4/echo/last", out.toString(UTF_8));
        assertTold("pollux: " + server.url("/echo/\uFFFD") + ": it has bytes that are not UTF-8: percent-encode them");
        assertTold("pollux: " + server.url("/echo/a b") + ": it has a space: write %20");
        assertTold("pollux: " + server.url("/echo/??[2J") + ": it has a control character, U+0000");
        assertTrue(told().contains("x... (longer than 65536 bytes): "), this::told);
        assertTrue(told().contains("\u00E4... (longer than 65536 bytes): "), this::told);
        assertTrue(told().contains("pollux: ... (longer than 65536 bytes): "), this::told);
        assertTrue(told().lines().noneMatch(line -> line.length() > 300), this::told);
    }

    @Test
    void whatAServerWritesMovesNoCursor() {
        assertStatus(1, server.url("/escapes"));
        assertTold("pollux: " + server.url("/escapes") + ": 500 a?[2Jb");
    }

    @Test
    void nothingCanBeFetchedWithoutAFolderOrAList() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertStatus(1, "-o", file.resolve("dir") + "/", server.url("/file/1"));
        assertTrue(told().startsWith("pollux: " + file), this::told);
        assertStatus(1, "-i", folder.resolve("none").toString());
        assertTrue(told().endsWith("pollux: " + folder.resolve("none") + ": no such file\n"), this::told);
        assertStatus(1, "-i", folder.toString());
        assertTrue(told().endsWith("pollux: " + folder + ": it is a folder, not a list\n"), this::told);
        assertStatus(2, "--backend", "smoke", server.url("/file/1"));
        assertTrue(told().contains("unknown backend 'smoke': there are nio and libevent"), this::told);
        assertEquals(Collections.singletonList("file"), files());
    }

    @Test
    void anEmptyListIsDoneAtOnce() {
        assertStatus(0, "-i", "-");
        assertEquals("0 files, 0 bytes", told().substring(0, 16));
    }
}
