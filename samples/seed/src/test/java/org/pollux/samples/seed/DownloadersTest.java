package org.pollux.samples.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.libevent.LibeventBackend;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.spi.Backend;

/** Both downloaders, on every backend. */
class DownloadersTest {

    private static final Duration A_MOMENT = Duration.ofMillis(10);

    private final Site site;
    private final Set<URI> whole = new HashSet<>();
    private final Map<URI, Throwable> failures = new HashMap<>();

    DownloadersTest() throws IOException {
        site = new Site();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @MethodSource("downloadersAndBackends")
    void fetchesAListOfUrlsAtTheSameTimeToTheLastByte(Downloader downloader, Backends backend) throws IOException {
        List<URI> urls = site.urls(200);
        assertEquals(RunResult.EMPTY, fetch(downloader, backend, urls));
        assertEquals(Map.of(), failures);
        assertEquals(Set.copyOf(urls), whole);
    }

    @ParameterizedTest
    @MethodSource("downloadersAndBackends")
    void oneThatIsRefusedFailsAndTheOthersAreFetched(Downloader downloader, Backends backend) throws IOException {
        URI dead = Site.urlOfNobody();
        assertEquals(RunResult.EMPTY, fetch(downloader, backend, List.of(site.url(1), dead, site.url(100_000))));
        assertEquals(Set.of(site.url(1), site.url(100_000)), whole);
        assertEquals(Set.of(dead), failures.keySet());
        assertInstanceOf(ConnectException.class, failures.get(dead));
    }

    @ParameterizedTest
    @EnumSource
    void fetchesAThousandUrlsWhileTheBackendIsExchangedBeforeEveryTurn(Downloader downloader) throws IOException {
        List<URI> urls = IntStream.range(0, 1000).mapToObj(site::url).toList();
        Deque<Backend> backends = new ArrayDeque<>(List.of(new LibeventBackend(), new NioBackend()));
        try (EventLoop loop = new EventLoop(new NioBackend())) {
            Fetching fetching = downloader.on(loop, this);
            for (URI url : urls) {
                fetching.fetch(url);
            }
            while (whole.size() + failures.size() < urls.size()) {
                loop.moveTo(backends.peek());
                backends.add(backends.remove());
                loop.turn(A_MOMENT);
            }
        }
        assertEquals(Map.of(), failures);
        assertEquals(Set.copyOf(urls), whole);
    }

    @ParameterizedTest
    @EnumSource
    void theProgramPrintsHowMuchCame(Downloader downloader) throws IOException {
        URI url = site.url(1000);
        URI dead = Site.urlOfNobody();
        List<String> lines = Console.of(downloader::main, url.toString(), dead.toString());
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("\\Q%s\\E: 1[01]\\d\\d bytes".formatted(url))),
                lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith(dead + ": ") && line.contains("refused")),
                lines::toString);
    }

    static Stream<Arguments> downloadersAndBackends() {
        return Stream.of(Downloader.values())
                .flatMap(downloader -> Stream.of(Backends.values()).map(backend -> Arguments.of(downloader, backend)));
    }

    private RunResult fetch(Downloader downloader, Backends backend, List<URI> urls) throws IOException {
        try (Reactor reactor = new EventLoop(backend.make())) {
            Fetching fetching = downloader.on(reactor, this);
            for (URI url : urls) {
                fetching.fetch(url);
            }
            return reactor.run();
        }
    }

    private void responded(URI url, ByteBuffer response) {
        assertTrue(Site.isWhole(url, response), url::toString);
        whole.add(url);
    }

    private void failed(URI url, Throwable reason) {
        failures.put(url, reason);
    }

    @FunctionalInterface
    interface Fetching {
        void fetch(URI url) throws IOException;
    }

    enum Downloader {
        ON_EVENTS {
            @Override
            Fetching on(Reactor reactor, DownloadersTest test) {
                return new EventDownloader(reactor, test::responded, test::failed)::fetch;
            }

            @Override
            void main(String... urls) throws IOException {
                EventDownloader.main(urls);
            }
        },
        ON_CONNECTIONS {
            @Override
            Fetching on(Reactor reactor, DownloadersTest test) {
                return new ConnectionDownloader(reactor, test::responded, test::failed)::fetch;
            }

            @Override
            void main(String... urls) throws IOException {
                ConnectionDownloader.main(urls);
            }
        };

        abstract Fetching on(Reactor reactor, DownloadersTest test);

        abstract void main(String... urls) throws IOException;
    }
}
