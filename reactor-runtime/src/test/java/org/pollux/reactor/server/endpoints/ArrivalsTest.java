package org.pollux.reactor.server.endpoints;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Listener;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.runtime.TestLoop;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.NextVersion;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.StreamConnection;
import org.pollux.reactor.runtime.net.StreamStart;
import org.pollux.reactor.runtime.net.Traffic;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.runtime.proxy.ProxyStages;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;

/** A connection shakes hands while the service that it was accepted for leaves, on a loop that is turned by hand. */
final class ArrivalsTest {

    private static final String ENDPOINT = "tls://127.0.0.1:1";

    private final TestLoop test;
    private final AlpnChoice choice = new AlpnChoice();
    private final Arrivals arrivals;
    private final ConnectionTally waiting = new ConnectionTally();
    private final NextVersion nextVersion = new NextVersion(waiting, new AtomicLong());
    private final Service first = new Service("first");
    private final Service second = new Service("second");
    private final Service guest = new Service("guest");
    private @Nullable Served owner = first.served;

    ArrivalsTest() throws IOException {
        test = new TestLoop();
        arrivals = new Arrivals(() -> owner, () -> true, choice::choose);
        choice.change(List.of("first", "second"), List.of(guest.served));
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Says its name, echoes, and ends when it is told to. */
    private static final class Service extends Recorder implements Protocol {

        private final String name;
        final Served served;

        Service(String name) {
            this.name = name;
            ProtocolOffer offer = new ProtocolOffer(
                    1,
                    0,
                    name,
                    Optional.of(this),
                    Optional.empty(),
                    EndpointList.of(ENDPOINT),
                    false,
                    false,
                    List.of(name));
            ServedProtocol service = new ServedProtocol(offer, 1);
            served = Served.of(
                    service, service.group(EndpointAddress.parse(ENDPOINT), ConnectionLimit.none(), new Traffic()));
        }

        @Override
        public ConnectionHandler open(Connection connection) {
            connection.write(US_ASCII.encode(name + " "));
            return this;
        }

        @Override
        protected void data(Connection c, ByteBuffer in) {
            c.write(in);
        }

        @Override
        protected void shutdown(Connection c) {
            c.close();
        }

        int open() {
            return served.group().open();
        }
    }

    /** A handshake, and the pieces that make it. */
    enum Handshake {
        TLS(Hello.FACTORY, "", "\n"),
        TLS_BEGUN(Hello.FACTORY, "sec", "ond\n"),
        PROXY(new ProxyStages(_ -> true), "", "PROXY TCP4 192.0.2.1 198.51.100.2 50000 443\r\n"),
        PROXY_BEGUN(new ProxyStages(_ -> true), "PROXY TCP4 192.0.2.1", " 198.51.100.2 50000 443\r\n");

        @SuppressWarnings("ImmutableEnumChecker") // it has no state of its own
        final StageFactory stage;

        final String begin;
        final String end;

        Handshake(StageFactory stage, String begin, String end) {
            this.stage = stage;
            this.begin = begin;
            this.end = end;
        }
    }

    /** As TLS: its handshake is a line, the name of a protocol. */
    private static final class Hello extends Stage {

        static final StageFactory FACTORY = new StageFactory() {
            @Override
            public String name() {
                return "hello";
            }

            @Override
            public Transport open(StageContext context, Transport below) {
                return new Hello(context, below);
            }
        };

        private final StringBuilder line = new StringBuilder();
        private final ByteBuffer one = ByteBuffer.allocate(1);

        private Hello(StageContext context, Transport below) {
            super(context, below);
        }

        @Override
        protected boolean shake() throws IOException {
            while (below.read(one.clear()) > 0) {
                if (one.get(0) == '\n') {
                    String name = line.isEmpty() ? null : line.toString();
                    context.established(new TlsInfo(TlsVersion.TLS_1_3, "", name, null, null, List.of(), false));
                    return true;
                }
                line.append((char) one.get(0));
            }
            return false;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return below.read(target);
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return below.write(data, from, count);
        }
    }

    private Peer dial(Handshake kind) throws IOException {
        try (Listener listener = StreamStart.listen(
                test.inside,
                TestLoop.anyPort(),
                arrivals.after(first.served),
                ListenOptions.DEFAULTS,
                first.served.group(),
                List.of(kind.stage))) {
            Peer peer = test.dial(listener.local()).send(kind.begin);
            test.turnUntil("it is accepted", () -> first.open() == 1);
            test.settle();
            return peer;
        }
    }

    // ---- what the server does

    private void onConnection(Consumer<StreamConnection> action) {
        test.onLoop(() -> test.inside.sources().forEach(source -> {
            if (source instanceof StreamConnection connection) {
                action.accept(connection);
            }
        }));
    }

    /** It is removed, and its next version may adopt its connections. */
    private void leaves(Service service) {
        owner = null;
        onConnection(connection -> {
            if (connection.belongsTo(service.served.group())) {
                connection.leaveTo(nextVersion);
            }
        });
    }

    private void comes(Service service) {
        owner = service.served;
        onConnection(connection -> Arrivals.follow(connection, service.served));
    }

    private void drains(Service service) {
        onConnection(connection -> {
            if (connection.belongsTo(service.served.group())) {
                connection.shutdown();
            }
        });
    }

    // ---- another owner

    @ParameterizedTest
    @EnumSource
    void aHandshakeGoesOverToTheNextOwnerAndTheDrainOfTheOneBeforeDoesNotReachIt(Handshake kind) throws IOException {
        Peer peer = dial(kind);
        leaves(first);
        comes(second);
        assertEquals(List.of(0, 1), List.of(first.open(), second.open()));
        drains(first);
        peer.send(kind.end).receives("second ");
        peer.send("not cut").receives("second not cut");
        assertEquals(List.of("open", "data"), second.log());
        assertEquals(List.of(), first.log());
        assertEquals(0, waiting.open());
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerThatComesWhenTheHandshakeIsDoneIsOnTime(Handshake kind) throws IOException {
        Peer peer = dial(kind);
        owner = second.served; // its loop has not heard of that yet
        peer.send(kind.end).receives("second ");
        comes(second);
        assertEquals(List.of(0, 1), List.of(first.open(), second.open()));
        assertEquals(List.of("open"), second.log());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "PROXY"})
    void anOpenConnectionStaysWithItsService(Handshake kind) throws IOException {
        Peer peer = dial(kind);
        peer.send(kind.end).receives("first ");
        comes(second);
        assertEquals(List.of(1, 0), List.of(first.open(), second.open()));
        peer.send("still here").receives("first still here");
    }

    // ---- no owner

    @ParameterizedTest
    @EnumSource(names = {"TLS", "PROXY"})
    void whileNobodyIsServedTheServiceBeforeHasItAndItLeavesWithThatOne(Handshake kind) throws IOException {
        Peer peer = dial(kind);
        leaves(first);
        peer.send(kind.end).receives("first ");
        peer.receivesEnd().close();
        test.turnUntil("it ends", first::isClosed);
        assertEquals(List.of("open", "shutdown", "closed"), first.log());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "PROXY"})
    void aHandshakeWhoseNextOwnerHasLeftTooIsReset(Handshake kind) throws IOException {
        Peer peer = dial(kind);
        leaves(first);
        comes(second);
        leaves(second);
        peer.send(kind.end).receivesReset();
        assertEquals(List.of(0, 0), List.of(first.open(), second.open()));
        assertEquals(List.of(), second.log());
    }

    // ---- guests

    @Test
    void aGuestThatIsNegotiatedWhileTheOwnerIsAwayKeepsItWhenTheOwnersNextVersionComes() throws IOException {
        Peer peer = dial(Handshake.TLS);
        leaves(first);
        peer.send("guest\n").receives("guest ");
        nextVersion.came(second, second.served.group());
        onConnection(StreamConnection::passOn);
        peer.send("still here").receives("guest still here");
        assertEquals(List.of(0, 0, 1), List.of(first.open(), second.open(), guest.open()));
    }

    @Test
    void aGuestThatWasRemovedDuringTheHandshakeIsNotReplacedByAnotherService() throws IOException {
        Peer peer = dial(Handshake.TLS);
        choice.change(List.of("first"), List.of());
        peer.send("guest\n").receivesReset();
        assertEquals(List.of(), first.log());
    }
}
