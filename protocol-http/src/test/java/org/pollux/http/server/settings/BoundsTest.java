package org.pollux.http.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.HandServer;
import org.pollux.reactor.testkit.HandConnection;

/** The bounds of connections, and what is done where one is met. */
class BoundsTest {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String LARGE = "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static HandServer server(ConnectionLimits limits) {
        HttpSettings settings =
                new HttpSettings(HeadLimits.defaults(), BodyLimits.defaults(), limits, Optional.empty());
        return new HandServer(settings)
                .withText("/a")
                .with("/large", (request, response) -> response.send(new byte[50_000]));
    }

    // ---- requests of a connection

    @Test
    void aConnectionClosesAfterItsLastRequest() {
        HandServer server = server(new ConnectionLimits(IDLE, 2, 65536));
        HandConnection client = server.connect().receive(GET + GET + GET);
        assertEquals(HandServer.ok("/a") + HandServer.ok("Connection: close\r\n", "/a"), client.takeSent());
        assertTrue(client.isClosed());
    }

    // ---- what waits to be sent

    @Test
    void theOutboundLimitIsTheHighWaterMark() {
        HandServer server = server(new ConnectionLimits(IDLE, 10, 8192));
        HandConnection client = server.connect().block().receive(LARGE + GET);
        assertEquals(GET.length(), client.unread());
        assertTrue(client.isReadingPaused());
    }

    @Test
    void aReaderThatIsTooSlowIsCutOff() {
        HandServer server = server(ConnectionLimits.defaults());
        HandConnection slow = server.connect().block().receive(LARGE + LARGE);
        assertEquals(1, server.reactor.timers());
        for (int look = 0; look < 5; look++) {
            assertTrue(slow.isOpen());
            slow.drain(100);
            server.reactor.toNextTimer();
        }
        assertTrue(slow.isReset());
        assertEquals(0, server.reactor.timers());
    }

    @Test
    void aReaderThatIsFastEnoughIsNot() {
        HandServer server = server(ConnectionLimits.defaults());
        HandConnection client = server.connect().block().receive(LARGE + LARGE);
        for (int look = 0; look < 30; look++) {
            client.drain(2600);
            server.reactor.toNextTimer();
        }
        assertTrue(client.isOpen());
        client.drain();
        assertEquals(0, server.reactor.timers());
        server.reactor.toNextTimer();
        assertTrue(client.isOpen());
    }

    @Test
    void aConnectionThatClosesIsWatchedToo() {
        HandServer server = server(ConnectionLimits.defaults());
        HandConnection client = server.connect().block().receive(GET.replace("Host", "Connection: close\r\nHost"));
        assertTrue(client.isClosed() && !client.isReset());
        for (int look = 0; look < 4; look++) {
            server.reactor.toNextTimer();
        }
        assertTrue(client.isReset());
    }

    // ---- what may be configured

    @Test
    void valuesThatCannotWorkAreRefused() {
        refused(() -> new HeadLimits(63, 128, IDLE));
        refused(() -> new HeadLimits(129, 128, IDLE));
        refused(() -> new HeadLimits(64, 65536, IDLE));
        refused(() -> new HeadLimits(64, 128, Duration.ZERO));
        refused(() -> new BodyLimits(-1, 0, 1, IDLE));
        refused(() -> new BodyLimits(1, -1, 1, IDLE));
        refused(() -> new BodyLimits(1, 1, 0, IDLE));
        refused(() -> new BodyLimits(1, 1, 1, Duration.ZERO));
        refused(() -> new ConnectionLimits(Duration.ZERO, 1, 65536));
        refused(() -> new ConnectionLimits(IDLE, 0, 65536));
        refused(() -> new ConnectionLimits(IDLE, 1, 1));
    }

    private static void refused(Runnable settings) {
        String message =
                assertThrows(IllegalArgumentException.class, settings::run).toString();
        assertTrue(message.contains(", but is "), message);
    }
}
