package org.pollux.metrics.families;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.CertificateStatus;
import org.pollux.reactor.admin.DescriptorStatus;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.Histogram;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.RouteStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.admin.UpgradeStatus;
import org.pollux.reactor.admin.WebSocketStatus;

/** A status in which every list has an element. */
public final class SampleStatus {

    private SampleStatus() {}

    static Distribution twoTimes(Duration duration) {
        Histogram histogram = new Histogram();
        histogram.record(duration.toNanos());
        histogram.record(duration.toNanos());
        return histogram.read();
    }

    /** An object of an interface whose methods return what the map has under their names. */
    private static <T> T of(Class<T> type, Map<String, Object> values) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object value = values.get(method.getName());
            if (value == null && method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return value != null ? value : method.getReturnType() == long.class ? (Object) 0L : (Object) 0;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final LoopStatus LOOP = of(
            LoopStatus.class,
            Map.of(
                    "name",
                    "pollux-loop-0",
                    "backend",
                    "nio",
                    "busy",
                    Duration.ofMillis(250),
                    "turnTimes",
                    twoTimes(Duration.ofMillis(3)),
                    "heldUp",
                    Optional.empty()));

    private static final EndpointStatus ENDPOINT = of(
            EndpointStatus.class,
            Map.of(
                    "endpoint",
                    "tcp://127.0.0.1:8080",
                    "protocol",
                    "acme",
                    "state",
                    EndpointStatus.State.OPEN,
                    "local",
                    Optional.<SocketAddress>empty(),
                    "refused",
                    Map.of("connectionsPerAddress", 2L),
                    "closed",
                    Map.of("client", 3L),
                    "problem",
                    Optional.of("a problem")));

    private record Route(String route, Map<String, Long> responses, Distribution latency) implements RouteStatus {}

    private record Requests(
            String name, long inFlight, Map<String, Long> wires, List<UpgradeStatus> upgrades, List<RouteStatus> routes)
            implements RequestStatus {}

    private record Upgrade(String protocol, long open, long total) implements UpgradeStatus {}

    private record Pool(String name, int active, int idle, int waiting, long opened, long failed)
            implements PoolStatus {}

    private record Sockets(String name, int open, long received, long sent, long messageBytes, long compressionBytes)
            implements WebSocketStatus {}

    private static Distribution once(Duration duration) {
        Histogram histogram = new Histogram();
        histogram.record(duration.toNanos());
        return histogram.read();
    }

    /** The status. */
    public static final ServerStatus STATUS = of(
            ServerStatus.class,
            Map.ofEntries(
                    Map.entry("version", "1.2.3"),
                    Map.entry("state", ServerStatus.State.RUNNING),
                    Map.entry("uptime", Duration.ofSeconds(61)),
                    Map.entry("backend", "nio"),
                    Map.entry("backends", List.<BackendStatus>of()),
                    Map.entry("loops", List.of(LOOP)),
                    Map.entry("endpoints", List.of(ENDPOINT)),
                    Map.entry("limits", List.of(new LimitStatus("bodyLimit (413)", 4, "org.pollux.protocol-http"))),
                    Map.entry("memory", of(MemoryStatus.class, Map.of("used", 5L))),
                    Map.entry("descriptors", of(DescriptorStatus.class, Map.of("open", 6))),
                    Map.entry(
                            "certificates",
                            List.of(of(
                                    CertificateStatus.class,
                                    Map.of(
                                            "origin",
                                            "conf/tls/\"a\\b\".pem",
                                            "names",
                                            List.of("a"),
                                            "end",
                                            Instant.ofEpochSecond(2_000_000_000))))),
                    Map.entry(
                            "swaps",
                            of(
                                    SwapStatus.class,
                                    Map.of(
                                            "done",
                                            1L,
                                            "pauses",
                                            once(Duration.ofMillis(1)),
                                            "last",
                                            Optional.<SwapReport>empty(),
                                            "lastAt",
                                            Duration.ZERO))),
                    Map.entry("deploys", Map.of("installed", 2L)),
                    Map.entry(
                            "requests",
                            List.of(new Requests(
                                    "pollux.http",
                                    1,
                                    Map.of("h1", 7L),
                                    List.of(new Upgrade("websocket", 1, 3)),
                                    List.of(new Route("/users/{id}", Map.of("2xx", 7L), once(Duration.ofMillis(2))))))),
                    Map.entry("pools", List.of(new Pool("pollux.http.client", 1, 2, 3, 4, 5))),
                    Map.entry("webSockets", List.of(new Sockets("pollux.http.websocket", 1, 2, 3, 4, 5))),
                    Map.entry("faults", List.of("something is wrong"))));
}
