package org.pollux.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.framing.FrameHandler;
import org.pollux.reactor.framing.Framing;

/** A bundle opens a reactor of its own and is a client with it. */
@InContainer
final class OwnReactorIT {

    private static final Framing LINES = Framing.delimitedBy(1024, "\n");

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("reactor-framing", "reactor-libevent")};
    }

    /** Asks echo for two lines, and closes after the second. */
    private static final class Caller implements FrameHandler {

        private final List<String> responses = new ArrayList<>();

        @Override
        public void onOpen(Connection connection) {
            connection.write(UTF_8.encode("one\ntwo\n"));
        }

        @Override
        public void onFrame(Connection connection, ByteBuffer line) {
            responses.add(UTF_8.decode(line).toString());
            if (responses.size() == 2) {
                connection.close();
            }
        }
    }

    @Test
    void itConnectsByNameAndRunsUntilNothingIsLeft(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        SocketAddress echo = InetSocketAddress.createUnresolved("localhost", pollux.startEcho());
        var factory = Services.await(context, ReactorFactory.class, Pollux.PATIENCE);
        try (Reactor reactor = factory.open()) {
            assertEquals(pollux.status().backend(), reactor.backend());
            for (int run = 0; run < 2; run++) {
                Caller caller = new Caller();
                reactor.connect(echo, LINES.around(caller), ConnectOptions.DEFAULTS.withTimeout(Pollux.PATIENCE));
                assertEquals(RunResult.EMPTY, reactor.run());
                assertEquals(List.of("one", "two"), caller.responses);
            }
        }
    }

    @Test
    void itMovesWithTheServerToAnotherBackend(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        pollux.awaitBackend("libevent");
        var reactors = Services.await(context, ReactorFactory.class, Pollux.PATIENCE);
        List<String> log = new ArrayList<>();
        try (Reactor reactor = reactors.open()) {
            for (String backend : List.of("nio", "libevent")) {
                pollux.swap(backend);
                reactor.after(Duration.ofMillis(1), _ -> log.add(reactor.backend()));
                assertEquals(RunResult.EMPTY, reactor.run());
            }
        }
        assertEquals(List.of("nio", "libevent"), log);
    }

    @Test
    void theEndOfTheRuntimeEndsIt(BundleContext context) throws Exception {
        var factory = Services.await(context, ReactorFactory.class, Pollux.PATIENCE);
        Reactor reactor = factory.open();
        var runtime = new Pollux(context).bundle("reactor-runtime");
        runtime.stop();
        try {
            assertThrows(IllegalStateException.class, reactor::run);
        } finally {
            runtime.start();
        }
    }
}
