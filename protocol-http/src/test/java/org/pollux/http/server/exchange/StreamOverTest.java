package org.pollux.http.server.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.settings.Mount;
import org.pollux.reactor.testkit.Await;
import org.pollux.reactor.testkit.HandConnection;

/** A client can end the streams of blocking handlers as often as it likes. That must not fill the log of the server. */
class StreamOverTest {

    private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HandServer server = new HandServer();
    private final CountDownLatch begun = new CountDownLatch(1);

    /** A handler of an earlier test may still log. */
    @BeforeEach
    void capture() {
        Await.until("the handlers of other tests have ended", BlockingCalls.of(getClass())::isIdle);
        System.setErr(new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(before);
    }

    private HandConnection ask(HttpHandler handler) throws InterruptedException {
        server.with(Mount.at("/x").methods("*").blocking(), (request, response) -> {
            begun.countDown();
            handler.handle(request, response);
        });
        HandConnection client = server.connect().receive(POST);
        Await.latch("the handler is called", begun);
        return client;
    }

    private void nothingIsLogged() {
        Await.until("the handler has ended", BlockingCalls.of(getClass())::isIdle, server.reactor::turn);
        assertEquals("", log.toString(UTF_8));
    }

    @Test
    void aReaderWhoseClientIsLost() throws Exception {
        HandConnection client =
                ask((request, response) -> request.body().inputStream().readAllBytes());
        client.reset();
        nothingIsLogged();
    }

    @Test
    void aReaderOfAMalformedBody() throws Exception {
        HandConnection client =
                ask((request, response) -> request.body().inputStream().readAllBytes());
        client.receive("no chunk\r\n");
        nothingIsLogged();
    }

    @Test
    void aWriterWhoseClientIsLost() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        HandConnection client = ask((request, response) -> {
            Await.latch("the client is lost", lost);
            response.stream().outputStream().write(new byte[100_000]);
        });
        client.reset();
        lost.countDown();
        nothingIsLogged();
    }
}
