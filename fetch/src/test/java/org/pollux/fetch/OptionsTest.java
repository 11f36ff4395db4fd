package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.fetch.Options.Telling;
import org.pollux.http.Header;
import org.pollux.http.client.HttpProxy;
import org.pollux.http.client.HttpVersions;
import org.pollux.http.client.Proxies;

final class OptionsTest {

    private static Options parse(String... args) throws UsageException {
        return Options.parse(List.of(args), Map.of());
    }

    private static void assertRefused(String words, String... args) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(args));
        assertTrue(refused.toString().contains(words), refused::toString);
    }

    @Test
    void whatIsNotGivenHasAnUsualValue() throws Exception {
        assertEquals(
                new Options(
                        List.of("a"),
                        List.of(),
                        Asking.PLAIN,
                        Saving.PRINTED,
                        32,
                        0,
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty(),
                        false,
                        false,
                        HttpVersions.NEGOTIATED,
                        Proxies.none(),
                        Telling.USUAL),
                parse("a"));
    }

    @Test
    void optionsMayStandAnywhere() throws Exception {
        assertEquals(
                new Options(
                        List.of("a", "b"),
                        List.of("list", "-"),
                        Asking.PLAIN,
                        new Saving(Optional.empty(), Optional.of(Path.of("dir")), false, false),
                        5,
                        2_000_000,
                        Optional.of("nio"),
                        Duration.ofMillis(1500),
                        Optional.of(Path.of("ca.pem")),
                        false,
                        true,
                        HttpVersions.HTTP_2_PRIOR_KNOWLEDGE,
                        Proxies.all(HttpProxy.parse("http://u:p@p.example:3128"), List.of("a.example", "b.example")),
                        Telling.QUIET),
                parse(
                        "--http2-prior-knowledge",
                        "--proxy",
                        "http://u:p@p.example:3128",
                        "--noproxy",
                        "a.example, b.example",
                        "-i",
                        "list",
                        "a",
                        "-o",
                        "dir",
                        "--max=5",
                        "--limit-rate",
                        "2M",
                        "b",
                        "--timeout",
                        "1.5",
                        "--cacert",
                        "ca.pem",
                        "--plain-redirects",
                        "-q",
                        "--backend",
                        "nio",
                        "-i",
                        "-"));
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertRefused("no URL is given");
        assertRefused("no URL is given", "-o", "dir");
        assertRefused("unknown option '-x'", "-x", "a");
        assertRefused("-o needs a file or a folder after it", "a", "-o");
        assertRefused("--cacert needs a file after it", "a", "--cacert");
        assertRefused("--cacert has no effect", "a", "--cacert", "f", "--insecure");
        assertRefused("--max needs a number up to 10000, but got '0'", "a", "--max", "0");
        assertRefused("--max needs a number up to 10000, but got '1.5'", "a", "--max", "1.5");
        assertRefused("--timeout needs a number up to 1000000, but got 'soon'", "a", "--timeout", "soon");
        assertRefused("--timeout needs a number up to 1000000, but got '0'", "a", "--timeout", "0");
    }

    @Test
    void theVersionsOfHttpAreChosenTheLastOneWins() throws Exception {
        assertEquals(HttpVersions.HTTP_1_1, parse("a", "--http1.1").versions());
        assertEquals(HttpVersions.HTTP_2, parse("a", "--http1.1", "--http2").versions());
    }

    @Test
    void proxiesAreThoseOfTheEnvironmentUnlessOthersAreTold() throws Exception {
        Map<String, String> environment =
                Map.of("http_proxy", "one:1", "HTTPS_PROXY", "http://two:2", "NO_PROXY", "x, y");
        assertEquals(
                new Proxies(
                        Optional.of(HttpProxy.parse("one:1")),
                        Optional.of(HttpProxy.parse("two:2")),
                        List.of("x", "y")),
                Options.parse(List.of("a"), environment).proxies());
        assertEquals(
                Proxies.all(HttpProxy.parse("three:3"), List.of("x", "y")),
                Options.parse(List.of("a", "--proxy", "three:3"), environment).proxies());
        assertEquals(
                new Proxies(Optional.empty(), Optional.empty(), List.of("z")),
                Options.parse(List.of("a", "--proxy", "", "--noproxy", "z"), environment)
                        .proxies());
        assertRefused("not a proxy: 'https://p:1/'", "a", "--proxy", "https://p:1");
        assertRefused("--proxy needs the URL of a proxy after it", "a", "--proxy");
    }

    @Test
    void oneUrlIsSavedToAFileUnlessAFolderIsMeant(@TempDir Path folder) throws Exception {
        assertEquals(Optional.of(Path.of("f")), parse("a", "-o", "f").saving().file());
        assertEquals(Optional.of(Path.of("f")), parse("a", "-o", "f/").saving().folder());
        assertEquals(
                Optional.of(Path.of("f")), parse("a", "b", "-o", "f").saving().folder());
        assertEquals(
                Optional.of(Path.of("f")), parse("-i", "-", "-o", "f").saving().folder());
        assertEquals(
                Optional.of(folder),
                parse("a", "-o", folder.toString()).saving().folder());
        assertEquals(Optional.of(Path.of(".")), parse("a", "-O").saving().folder());
        assertEquals(Saving.PRINTED, parse("a", "-o", "-").saving());
        assertRefused("give one of them", "a", "-O", "-o", "f");
        assertRefused("-C needs files: add -o PATH or -O", "a", "-C");
        assertRefused("--overwrite needs files", "a", "--overwrite");
    }

    @Test
    void whatIsAskedIsSaid() throws Exception {
        assertEquals("POST", parse("a", "-d", "b").asking().method());
        assertEquals("PUT", parse("a", "-d", "b", "-X", "PUT").asking().method());
        assertEquals("HEAD", parse("a", "-I").asking().method());
        assertEquals(
                Optional.of("b=1&c=2"),
                parse("a", "-d", "b=1", "--data=c=2").asking().data());
        assertEquals(Optional.of("f"), parse("a", "-d", "@f").asking().file());
        assertEquals(
                List.of(new Header("A", "b: c"), new Header("Authorization", "Basic dTpwOnE=")),
                parse("a", "-H", "A:  b: c", "-u", "u:p:q").asking().headers());
        assertEquals(7, parse("a", "--retry", "7").asking().retries());
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertRefused("--user needs NAME:PASSWORD", "a", "-u", "name");
        assertRefused("but is 'Accept'", "a", "-H", "Accept");
        assertRefused("Content-Length is written by the client", "a", "-H", "Content-Length: 3");
        assertRefused("into the URL of the proxy", "a", "-H", "proxy-authorization: Basic eA==");
        assertRefused("The method must be a token", "a", "-X", "G T");
        assertRefused("cannot be joined with another -d", "a", "-d", "@f", "-d", "b");
        assertRefused("leave out -X and -d", "a", "-I", "-d", "b");
        assertRefused("give one URL", "a", "b", "-d", "@-");
        assertRefused("leave out --retry", "a", "-d", "@-", "--retry", "1");
        assertRefused("leave out one of them", "a", "-I", "-C", "-O");
        assertRefused("leave them out of -H", "a", "-C", "-O", "-H", "range: bytes=0-9");
        assertRefused("--limit-rate needs bytes in a second", "a", "--limit-rate", "0k");
        assertRefused("--limit-rate needs bytes in a second", "a", "--limit-rate", "fast");
        assertRefused("--quiet takes no value", "a", "--quiet=yes");
        assertRefused("unknown option '--nope'", "a", "--nope=1");
    }

    @Test
    void aListHasAUrlOnEachLineThatIsNeitherBlankNorAComment(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "# all\n\nb\n  c  \r\n \t\n#d\ne#f");
        InputStream in = new ByteArrayInputStream("g\n".getBytes(UTF_8));
        UrlSource urls = UrlSource.open(parse("a", "-i", list.toString(), "-i", "-"), in);
        Semaphore more = new Semaphore(0);
        urls.begin(more::release);
        List<String> read = new ArrayList<>();
        while (!urls.isExhausted()) {
            Optional<String> next = urls.next();
            next.ifPresent(read::add);
            if (next.isEmpty() && !urls.isExhausted()) {
                assertTrue(more.tryAcquire(30, TimeUnit.SECONDS));
            }
        }
        assertEquals(List.of("a", "b", "c", "e#f", "g"), read);
        assertEquals(OptionalInt.of(5), urls.count());
    }

    /** 8 KiB of them, about 500 lines, are in the buffer of the thread that reads. */
    @Test
    void ofAListWithoutAnEndOnlyTheNextLinesAreRead() throws Exception {
        AtomicLong given = new AtomicLong();
        byte[] line = "http://host/0123\n".getBytes(UTF_8);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return line[(int) (given.getAndIncrement() % line.length)];
            }

            @Override
            public int read(byte[] target, int from, int count) {
                for (int i = 0; i < count; i++) {
                    target[from + i] = (byte) read();
                }
                return count;
            }
        };
        UrlSource urls = UrlSource.open(parse("-i", "-"), endless);
        Semaphore more = new Semaphore(0);
        urls.begin(more::release);
        for (int taken = 0; taken < 100_000; ) {
            assertTrue(given.get() / line.length <= taken + UrlSource.AHEAD + 1_000, given::toString);
            if (urls.next().isPresent()) {
                taken++;
            } else {
                assertTrue(more.tryAcquire(30, TimeUnit.SECONDS));
            }
        }
    }
}
