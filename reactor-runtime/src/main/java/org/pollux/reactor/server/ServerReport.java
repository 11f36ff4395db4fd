package org.pollux.reactor.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.CertificateStatus;
import org.pollux.reactor.admin.DescriptorStatus;
import org.pollux.reactor.admin.Distribution;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapStatus;
import org.pollux.reactor.admin.TlsEngineStatus;
import org.pollux.reactor.admin.WebSocketStatus;
import org.pollux.reactor.runtime.loop.Counters;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.server.certificates.ServerCertificate;
import org.pollux.reactor.server.endpoints.EndpointReport;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.limits.Descriptors;
import org.pollux.reactor.server.loops.Backends;
import org.pollux.reactor.server.loops.HeldUp;
import org.pollux.reactor.server.loops.HeldUpWatch;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.loops.LoopThread;
import org.pollux.reactor.server.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a server, gathered from its parts. From any thread. */
final class ServerReport {

    private static final Logger LOG = LoggerFactory.getLogger(ServerReport.class);

    private final String version;
    private final long started = System.nanoTime();
    private final LoopGroup loops;
    private final HeldUpWatch watch;
    private final Backends backends;
    private final EndpointReport endpoints;
    private final StartUp startUp;
    private final List<MemoryBudget> budgets;
    private final ConnectionLimit limit;
    private final Descriptors descriptors;
    private final ServerTls tls;

    private final Reports<String> faults = new Reports<>(List::of);
    private final Reports<LimitStatus> limits = new Reports<>(ServerReport::unknown);
    private final Reports<PoolStatus> pools = new Reports<>(ServerReport::unknown);
    private final Reports<WebSocketStatus> webSockets = new Reports<>(ServerReport::unknown);
    private final Reports<RequestStatus> requests = new Reports<>(ServerReport::unknown);
    private final Reports<ServedPath> paths = new Reports<>(ServerReport::unknown);
    private final AtomicLong engineExchanges = new AtomicLong();
    private final Map<String, LongAdder> deploys = new ConcurrentSkipListMap<>();

    private record ServerNow(
            String version,
            State state,
            Duration uptime,
            String backend,
            List<BackendStatus> backends,
            List<LoopStatus> loops,
            List<EndpointStatus> endpoints,
            List<LimitStatus> limits,
            MemoryStatus memory,
            DescriptorStatus descriptors,
            List<TlsEngineStatus> tlsEngines,
            List<CertificateStatus> certificates,
            SwapStatus swaps,
            List<RequestStatus> requests,
            List<PoolStatus> pools,
            List<WebSocketStatus> webSockets,
            long engineExchanges,
            Map<String, Long> deploys,
            List<String> faults)
            implements ServerStatus {}

    private record LoopNow(
            String name,
            String backend,
            int sources,
            int connections,
            long turns,
            long ready,
            int tasksWaiting,
            Duration busy,
            Distribution turnTimes,
            Duration presentTurn,
            long bytesRead,
            long bytesWritten,
            Optional<String> heldUp,
            List<String> heldUpStack,
            long timesHeldUp)
            implements LoopStatus {}

    private record CertificateNow(String origin, List<String> names, Instant end) implements CertificateStatus {}

    /**
     * A report on these parts.
     *
     * @param budgets that of the connections first, then that of administration
     */
    ServerReport(
            String version,
            LoopGroup loops,
            HeldUpWatch watch,
            Backends backends,
            EndpointReport endpoints,
            StartUp startUp,
            List<MemoryBudget> budgets,
            ConnectionLimit limit,
            Descriptors descriptors,
            ServerTls tls) {
        this.version = version;
        this.loops = loops;
        this.watch = watch;
        this.backends = backends;
        this.endpoints = endpoints;
        this.startUp = startUp;
        this.budgets = budgets;
        this.limit = limit;
        this.descriptors = descriptors;
        this.tls = tls;
        limits.add(endpoints, endpoints::limits);
        requests.add(endpoints, endpoints::requests);
        paths.add(endpoints, endpoints::servedPaths);
    }

    private static <T> List<T> unknown(String reason) {
        LOG.warn("Some numbers of the status are not known: {}", reason);
        return List.of();
    }

    /** Faults, one line each. */
    Reports<String> faults() {
        return faults;
    }

    Reports<LimitStatus> limits() {
        return limits;
    }

    Reports<PoolStatus> pools() {
        return pools;
    }

    Reports<WebSocketStatus> webSockets() {
        return webSockets;
    }

    /** A TLS engine was asked for by hand, and encrypts. */
    void engineExchanged() {
        engineExchanges.incrementAndGet();
    }

    /** Something was done to a bundle: {@code installed}. */
    void deployed(String what) {
        deploys.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    private Map<String, Long> deploys() {
        Map<String, Long> sums = new TreeMap<>();
        deploys.forEach((what, count) -> sums.put(what, count.sum()));
        return sums;
    }

    Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    ServerStatus status(ServerStatus.State state) {
        return new ServerNow(
                version,
                state,
                uptime(),
                backends.current().name(),
                backends.status(),
                loops.threads().stream().map(ServerReport::status).toList(),
                endpoints.status(),
                limitsMet(),
                budgets.getFirst().status(),
                descriptors.status(),
                tls.engines(),
                tls.certificates().stream().map(ServerReport::status).toList(),
                backends.swaps(),
                requests.ask(),
                pools.ask(),
                webSockets.ask(),
                engineExchanges.get(),
                deploys(),
                Stream.of(
                                startUp.faults().stream(),
                                loops.heldUp().faults(),
                                watch.fault().stream(),
                                tls.faults().stream(),
                                faults.ask().stream())
                        .flatMap(lines -> lines)
                        .toList());
    }

    /** The paths of all protocols, asked for as long as for faults. */
    List<ServedPath> servedPaths() {
        return paths.ask();
    }

    private List<LimitStatus> limitsMet() {
        return Stream.of(
                        limit.status().stream(),
                        budgets.stream().flatMap(budget -> budget.limits().stream()),
                        handshakesFailed().stream(),
                        tls.limits().stream(),
                        limits.ask().stream())
                .flatMap(met -> met)
                .toList();
    }

    /** How many handshakes of stages have failed, over all loops, if any. */
    private Optional<LimitStatus> handshakesFailed() {
        long times = loops.threads().stream()
                .mapToLong(thread -> thread.loop.counters().handshakesFailed())
                .sum();
        return times == 0
                ? Optional.empty()
                : Optional.of(new LimitStatus("handshake (failed)", times, "org.pollux.reactor-runtime"));
    }

    private static LoopStatus status(LoopThread thread) {
        Loop loop = thread.loop;
        Counters counters = loop.counters();
        return new LoopNow(
                thread.getName(),
                loop.backend().name(),
                loop.sources().size() - Loop.OWN_SOURCES,
                counters.connections(),
                counters.turns(),
                counters.ready(),
                loop.tasksWaiting(),
                Duration.ofNanos(loop.time().busy()),
                loop.time().turns(),
                Duration.ofNanos(loop.time().presentTurn()),
                counters.bytesRead(),
                counters.bytesWritten(),
                thread.watch().heldUp().map(held -> held.since(System.nanoTime())),
                thread.watch().heldUp().map(HeldUp::frames).orElse(List.of()),
                thread.watch().times());
    }

    private static CertificateStatus status(ServerCertificate certificate) {
        return new CertificateNow(
                certificate.origin(), List.copyOf(certificate.key().names()), certificate.end());
    }
}
