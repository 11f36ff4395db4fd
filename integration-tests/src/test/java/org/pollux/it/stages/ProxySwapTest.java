package org.pollux.it.stages;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.it.Rings;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.runtime.proxy.ProxyStages;
import org.pollux.reactor.runtime.proxy.RelayStages;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.ManualClock;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.SwappableReactor;
import org.pollux.reactor.testkit.TurnedReactor;

/** A swap at each byte of a header of the PROXY protocol loses no byte, to a backend that reports and to one that receives ahead. */
@Timeout(120)
class ProxySwapTest {

    private static final String HEADER = "PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n";
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 50_000);

    private final List<Backend> backends = List.of(new NioBackend(), Rings.ring());
    private int swaps;

    private TurnedReactor open() throws IOException {
        ManualClock clock = new ManualClock();
        EventLoop loop = new EventLoop(backends.getFirst(), clock);
        ConnectOptions relayed = ConnectOptions.DEFAULTS.withRelay(ConnectOptions.Relay.of(CLIENT, CLIENT, null));
        return new TurnedReactor(
                new SwappableReactor(
                        StagedReactor.of(
                                loop, List.of(new ProxyStages(_ -> true)), RelayStages.below(List.of(), relayed)),
                        loop::turn,
                        loop::moveTo),
                clock);
    }

    private void swap(TurnedReactor test) throws IOException {
        swaps++;
        test.moveTo(backends.get(swaps % backends.size()));
    }

    private static void send(SocketChannel socket, String text) throws IOException {
        socket.write(US_ASCII.encode(text));
    }

    @Test
    void aHeaderThatIsReadBeforeAndAfterASwapIsOne() throws IOException {
        String sent = HEADER + "hello";
        try (TurnedReactor test = open()) {
            for (int cut = 0; cut <= sent.length(); cut++) {
                Recorder recorder = new Recorder();
                try (Listener listener = test.listen(_ -> recorder);
                        SocketChannel socket = SocketChannel.open(listener.local())) {
                    send(socket, sent.substring(0, cut));
                    test.settle();
                    swap(test);
                    send(socket, sent.substring(cut));
                    test.turnUntil("all has come", () -> recorder.text().equals("hello"));
                    assertEquals(CLIENT, recorder.connection().remote());
                }
            }
        }
    }

    @Test
    void aHeaderThatIsSentBeforeASwapIsReadBehindIt() throws IOException {
        try (TurnedReactor test = open()) {
            for (int turns = 0; turns < 6; turns++) {
                Recorder accepted = new Recorder();
                Recorder connected = new Recorder();
                try (Listener listener = test.listen(_ -> accepted)) {
                    test.reactor().connect(listener.local(), connected);
                    for (int i = 0; i < turns; i++) {
                        test.turn();
                    }
                    swap(test);
                    test.turnUntil(
                            "both are open",
                            () -> accepted.log().contains("open")
                                    && connected.log().contains("open"));
                    assertEquals(CLIENT, accepted.connection().remote());
                }
            }
        }
    }
}
