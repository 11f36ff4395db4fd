package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command sends, and what it makes of files that are there in part or whole, against the JDK's server. */
@Timeout(60)
final class FetchRequestsTest {

    private static final byte[] FILE = new byte[100_000];

    static {
        new Random(1).nextBytes(FILE);
    }

    @TempDir
    private Path folder;

    private HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private InputStream in = InputStream.nullInputStream();
    private List<String> terminals = List.of();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private final AtomicInteger requests = new AtomicInteger();
    private volatile String tag = "\"1\"";
    private final AtomicInteger cuts = new AtomicInteger();

    /** Bytes that a rest has at most. */
    private volatile int longestRest = FILE.length;

    /** By how much the server says a wrong beginning of the rest. */
    private volatile int shift;

    /** Whether the rest is sent whatever {@code If-Range} says. */
    private volatile boolean ignoresConditions;

    private final Queue<String> ranges = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/echo", FetchRequestsTest::echo);
        server.createContext("/flaky", this::flaky);
        server.createContext("/file", this::file);
        server.createContext("/many", exchange -> {
            requests.incrementAndGet();
            send(exchange, 200, new byte[] {'x'});
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        threads.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void assertStatus(int status, String... args) {
        Main main = new Main(terminals, Map.of(), in, Channels.newChannel(out), new PrintStream(err, true, UTF_8));
        assertEquals(status, main.run(List.of(args)), this::told);
    }

    private String told() {
        return err.toString(UTF_8);
    }

    private String printed() {
        return out.toString(UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        StringBuilder text = new StringBuilder(exchange.getRequestMethod() + "\n");
        exchange.getRequestHeaders().forEach((name, values) -> text.append(name + ": " + values.getFirst() + "\n"));
        text.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        exchange.getResponseHeaders().add("X-Kind", "echo");
        byte[] body = text.toString().getBytes(UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/no") ? 404 : 200, -1);
            exchange.close();
        } else {
            send(exchange, 200, body);
        }
    }

    /** {@code /flaky/STATUS}: that status at first, and then 200. */
    private void flaky(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean first = requests.incrementAndGet() == 1;
        exchange.getResponseHeaders().add("Retry-After", "0");
        exchange.getRequestBody().readAllBytes();
        send(exchange, first ? Integer.parseInt(path.substring(7)) : 200, "fine".getBytes(UTF_8));
    }

    /** A file with ranges, which may be cut half-way. */
    private void file(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        ranges.add(range + " if " + condition + "\n");
        if (!tag.isEmpty()) {
            exchange.getResponseHeaders().add("ETag", tag);
        }
        int from = range != null && (ignoresConditions || tag.equals(condition))
                ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
                : 0;
        if (from >= FILE.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + FILE.length);
            send(exchange, 416, new byte[0]);
            return;
        }
        int count = from > 0 ? Math.min(longestRest, FILE.length - from) : FILE.length;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + (from + shift) + "-" + (from + count - 1) + "/" + FILE.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, count);
        boolean cut = cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        exchange.getResponseBody().write(FILE, from, cut ? 30_000 : count);
        if (cut) {
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    // ---- requests

    @Test
    void methodFieldsAndDataAreSent() {
        assertStatus(0, "-X", "PUT", "-H", "A: b c", "-u", "ada:secret", "-d", "x=1", "-d", "y=2", url("/echo"));
        assertTrue(printed().startsWith("PUT\n"), this::printed);
        assertTrue(printed().contains("\nA: b c\n"), this::printed);
        assertTrue(printed().contains("\nAuthorization: Basic YWRhOnNlY3JldA==\n"), this::printed);
        assertTrue(printed().contains("\nContent-type: application/x-www-form-urlencoded\n"), this::printed);
        assertTrue(printed().endsWith("x=1&y=2"), this::printed);
    }

    @Test
    void dataComesFromAFile() throws Exception {
        Path data = Files.writeString(folder.resolve("data"), "d".repeat(200_000));
        assertStatus(0, "-d", "@" + data, "-H", "Content-Type: text/plain", url("/echo"));
        assertTrue(printed().startsWith("POST\n"), this::printed);
        assertTrue(printed().contains("\nContent-length: 200000\n"));
        assertTrue(printed().contains("\nContent-type: text/plain\n"));
        assertTrue(printed().endsWith("d".repeat(200_000)));
        assertStatus(1, "-d", "@" + folder.resolve("none"), url("/echo"));
        assertTrue(told().contains(": no such file"), this::told);
    }

    @Test
    void dataComesFromStandardInputInChunks() {
        in = new ByteArrayInputStream("s".repeat(300_000).getBytes(UTF_8));
        assertStatus(0, "-d", "@-", url("/echo"));
        assertTrue(printed().contains("\nTransfer-encoding: chunked\n"));
        assertTrue(printed().endsWith("s".repeat(300_000)));
    }

    @Test
    void aUrlWithoutASchemeIsHttp() {
        assertStatus(0, url("/echo").substring("http://".length()));
        assertTrue(printed().startsWith("GET\n"), this::printed);
    }

    @Test
    void theHeadIsPrintedWhateverItSays() {
        assertStatus(1, "-I", url("/echo"), url("/echo/no"));
        assertTrue(printed().startsWith("HTTP/1.1 200 OK\n"), this::printed);
        assertTrue(printed().contains("\nX-kind: echo\n"), this::printed);
        assertTrue(printed().contains("\n\nHTTP/1.1 404 Not Found\n"), this::printed);
        assertTrue(told().contains("pollux: " + url("/echo/no") + ": 404 Not Found\n"), this::told);
    }

    @Test
    void verboseTellsRequestsAndHeadsButNoPassword() {
        assertStatus(0, "-v", "-u", "ada:secret", "-H", "A: b", url("/echo"));
        assertTrue(told().contains("> GET " + url("/echo") + "\n"), this::told);
        assertTrue(told().contains("> Authorization: (not shown)\n> A: b\n"), this::told);
        assertTrue(told().contains("< HTTP/1.1 200 OK\n"), this::told);
        assertTrue(told().contains("< X-kind: echo\n"), this::told);
    }

    // ---- attempts

    @Test
    void aFailureThatMayPassIsTriedAgain() {
        assertStatus(0, "--retry", "2", url("/flaky/502"));
        assertEquals("fine", printed());
        assertTrue(
                told().contains("pollux: " + url("/flaky/502") + ": 502 Bad Gateway; trying again in 0 s"), this::told);
    }

    @Test
    void aFailureThatStaysIsNot() {
        assertStatus(1, "--retry", "2", url("/flaky/404"));
        assertEquals(1, requests.get());
    }

    @Test
    void whatMayHaveHappenedAlreadyIsNotDoneTwice() {
        assertStatus(1, "--retry", "2", "-d", "x", url("/flaky/500"));
        assertEquals(1, requests.get());
        requests.set(0);
        assertStatus(0, "--retry", "2", "-d", "x", url("/flaky/503"));
        assertEquals(2, requests.get());
    }

    // ---- files that are there

    @Test
    void aFileIsNotReplacedUnlessThatIsSaid() throws Exception {
        Path mine = Files.writeString(folder.resolve("file"), "mine");
        assertStatus(1, "-o", folder.toString(), url("/file"));
        assertEquals("mine", Files.readString(mine));
        assertTrue(told().contains(mine + " exists already: --overwrite replaces it, -C passes over it"), this::told);
        assertStatus(0, "--overwrite", "-o", folder.toString(), url("/file"));
        assertArrayEquals(FILE, Files.readAllBytes(mine));
    }

    @Test
    void oneUrlIsSavedUnderTheNameThatIsTold() throws Exception {
        assertStatus(0, "-o", folder.resolve("mine").toString(), url("/file"));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("mine")));
    }

    private void cutRun() {
        cuts.set(1);
        assertStatus(1, "-C", "-o", folder.toString(), url("/file"));
        ranges.clear();
    }

    private void assertResumed(String asked) throws IOException {
        assertStatus(0, "-C", "-o", folder.toString(), url("/file"));
        assertEquals(asked, String.join("", ranges));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
        assertEquals(List.of("file"), files());
    }

    @Test
    void aPartIsContinued() throws Exception {
        cutRun();
        assertEquals(List.of("file.part", "file.part-of"), files());
        assertEquals(30_000, Files.size(folder.resolve("file.part")));
        assertResumed("bytes=30000- if \"1\"\n");
    }

    @Test
    void aFileThatHasChangedBeginsAnew() throws Exception {
        cutRun();
        Arrays.fill(FILE, 0, 10, (byte) 1);
        tag = "\"2\"";
        assertResumed("bytes=30000- if \"1\"\n");
    }

    @Test
    void aPartThatIsWholeIsRenamed() throws Exception {
        cutRun();
        Files.write(folder.resolve("file.part"), FILE);
        assertResumed("bytes=100000- if \"1\"\n");
    }

    @Test
    void aPartThatIsTooLongBeginsAnewWithTheNextAttempt() throws Exception {
        cutRun();
        Files.write(folder.resolve("file.part"), new byte[200_000]);
        assertStatus(0, "--retry", "1", "-C", "-o", folder.toString(), url("/file"));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
        assertEquals("bytes=200000- if \"1\"\nnull if null\n", String.join("", ranges));
    }

    @Test
    void aRestThatEndsBeforeTheTotalIsNoWholeFile() throws Exception {
        cutRun();
        longestRest = 10_000;
        assertStatus(1, "-C", "-o", folder.toString(), url("/file"));
        assertTrue(told().contains("40000 of 100000 bytes are there"), this::told);
        assertEquals(List.of("file.part", "file.part-of"), files());
        ranges.clear();
        longestRest = FILE.length;
        assertResumed("bytes=40000- if \"1\"\n");
    }

    @Test
    void aServerThatIgnoresTheConditionDoesNotMixTwoFiles() throws Exception {
        cutRun();
        Arrays.fill(FILE, 0, 10, (byte) 2);
        tag = "\"2\"";
        ignoresConditions = true;
        assertStatus(0, "--retry", "1", "-C", "-o", folder.toString(), url("/file"));
        assertEquals("bytes=30000- if \"1\"\nnull if null\n", String.join("", ranges));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
    }

    @Test
    void aServerThatSendsAnotherRestIsAskedForTheWholeByTheNextAttempt() throws Exception {
        cutRun();
        shift = 1;
        assertStatus(1, "-C", "-o", folder.toString(), url("/file"));
        assertTrue(
                told().contains(
                                "the rest from byte 30000 was asked for, but the server sends 'bytes 30001-99999/100000',"
                                        + " the part is deleted"),
                this::told);
        ranges.clear();
        assertResumed("null if null\n");
    }

    @Test
    void aPartThatIsALinkIsNotContinued() throws Exception {
        cutRun();
        Path part = folder.resolve("file.part");
        Path mine = Files.move(part, folder.resolve("mine"));
        Files.createSymbolicLink(part, mine);
        assertStatus(0, "-C", "-o", folder.toString(), url("/file"));
        assertEquals(30_000, Files.size(mine));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
    }

    /** Somebody's file has the name of a part by chance. */
    @ParameterizedTest
    @ValueSource(strings = {"file.part", "file.part-of"})
    void aFileThatIsNotAPartStays(String name) throws Exception {
        Files.writeString(folder.resolve(name), "mine");
        assertStatus(1, "-C", "-o", folder.toString(), url("/file"));
        assertTrue(told().contains(name + ": it is there, and is not a part"), this::told);
        assertEquals("mine", Files.readString(folder.resolve(name)));
        assertEquals(List.of(name), files());
    }

    @Test
    void theHeadReplacesAFileAndIsNotWrittenIntoIt() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Files.createSymbolicLink(folder.resolve("head"), mine);
        assertStatus(0, "-I", "-o", folder.resolve("head").toString(), url("/echo"));
        assertEquals("mine", Files.readString(mine));
        assertTrue(Files.readString(folder.resolve("head")).startsWith("HTTP/1.1 200 OK\n"));
        assertEquals(List.of("head", "mine"), files());
    }

    @Test
    void onlyAGetIsContinued() throws Exception {
        cuts.set(1);
        assertStatus(1, "-C", "-d", "x", "-o", folder.toString(), url("/file"));
        assertEquals(List.of(), files());
    }

    @Test
    void aFileIsNotSavedUnderTheNameOfAPart() throws Exception {
        assertStatus(1, "-C", "-o", folder.toString(), url("/file.part"), url("/file.PART-of"));
        assertTrue(told().contains("file.part could be the part of another file"), this::told);
        assertTrue(told().contains("file.PART-of could be the part of another file"), this::told);
        assertEquals(List.of(), files());
    }

    @Test
    void anotherAttemptContinuesThePart() throws Exception {
        cuts.set(1);
        assertStatus(0, "--retry", "3", "-C", "-o", folder.toString(), url("/file"));
        assertEquals("null if null\nbytes=30000- if \"1\"\n", String.join("", ranges));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
    }

    @Test
    void aPartWithoutAValidatorIsNotKept() throws Exception {
        tag = "";
        cutRun();
        assertEquals(List.of(), files());
        tag = "W/\"1\"";
        cutRun();
        assertEquals(List.of(), files());
    }

    @Test
    void aPartOfAnotherUrlIsNotContinued() throws Exception {
        cutRun();
        assertStatus(0, "-C", "-o", folder.toString(), url("/file?other"));
        assertEquals("null if null\n", String.join("", ranges));
        assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("file")));
    }

    @Test
    void aWholeFileIsPassedOver() throws Exception {
        Files.writeString(folder.resolve("file"), "mine");
        assertStatus(0, "-C", "-o", folder.toString(), url("/file"));
        assertEquals("mine", Files.readString(folder.resolve("file")));
        assertEquals("", String.join("", ranges));
        assertTrue(told().contains("it is there already"), this::told);
    }

    // ---- many, and slowly

    @Test
    void aRateIsKept() {
        long begin = System.nanoTime();
        assertStatus(0, "--limit-rate", "500k", url("/file"), url("/file"));
        assertTrue(System.nanoTime() - begin > 250_000_000, "200,000 bytes came too soon");
        assertEquals(200_000, out.size());
    }

    /** The list is read as URLs are fetched: it may be longer than memory. */
    @Test
    void aLongListIsReadWhileItIsFetched() {
        int urls = 2000;
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < urls; i++) {
            list.append(url("/many?" + "x".repeat(100) + i)).append('\n');
        }
        AtomicInteger ahead = new AtomicInteger();
        int line = list.length() / urls;
        in = new FilterInputStream(new ByteArrayInputStream(list.toString().getBytes(UTF_8))) {
            private int bytes;

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int count = super.read(target, from, length);
                bytes += Math.max(0, count);
                ahead.accumulateAndGet(bytes / line - requests.get(), Math::max);
                return count;
            }
        };
        assertStatus(0, "-q", "-i", "-");
        assertEquals(urls, out.size());
        int buffered = 8192 / line + 1;
        assertTrue(ahead.get() <= UrlSource.AHEAD + 32 + 2 * buffered + 32, "it was read too far ahead: " + ahead);
    }

    @Test
    void aListThatBreaksIsTold() {
        in = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the pipe is gone");
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return read();
            }
        };
        assertStatus(1, "-i", "-", url("/many"));
        assertTrue(told().contains("pollux: -i: the pipe is gone\n"), this::told);
        assertFalse(printed().isEmpty());
    }

    @Test
    void aTerminalSeesHowFarEachFileIs() {
        terminals = List.of("err");
        assertStatus(0, "-o", folder.resolve("f").toString(), "--limit-rate", "150k", url("/file"));
        assertTrue(
                told().matches("(?s).*/file +[ 0-9]{3}%  [0-9.]+ kB of 100.0 kB  [0-9.]+ kB/s  0:0[0-9] left\n.*"),
                this::told);
        assertTrue(told().contains("\r\u001B[K\u001B[A\r\u001B[K"), this::told);
    }
}
