package org.pollux.reactor.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.TlsEngineStatus;
import org.pollux.reactor.runtime.recording.TlsEngineExchange;
import org.pollux.reactor.runtime.tls.HandshakeLimits;
import org.pollux.reactor.runtime.tls.TlsCounts;
import org.pollux.reactor.runtime.tls.TlsStages;
import org.pollux.reactor.server.certificates.SelfSigned;
import org.pollux.reactor.server.certificates.ServerCertificate;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.offer.EndpointAddress;
import org.pollux.reactor.server.offer.TlsOptions;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.tls.CertificateSource;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of a server: engines and certificates come, change and go, and all endpoints follow. Connections that are established stay
 * with the engine that they have; see {@link Sessions} for the end of that.
 *
 * <p>For the admin thread, unless a method says otherwise. A thread of its own watches the files.
 */
public final class ServerTls {

    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final Path folder;
    private final InstantSource calendar;
    private final Consumer<Runnable> admin;
    private final TlsEngines engines = new TlsEngines();
    private final Certificates certificates;
    private final TicketKeys ticketKeys;
    private final Sessions sessions;
    private final TlsCounts counts = new TlsCounts();
    private final List<SecuredEndpoint> endpoints = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pollux-tls").daemon().factory());

    private volatile TlsSettings settings = TlsSettings.DEFAULTS;

    private volatile HandshakeLimits limits = limits(TlsSettings.DEFAULTS);

    private volatile int settledTicketKeys;

    private Runnable onReady = () -> {};

    /** The engine that the last recorded exchange has led to. */
    private Optional<TlsEngine> recorded = Optional.empty();

    /** What the endpoints were last settled with. */
    private volatile List<Object> settled = List.of();

    /** The certificates that the endpoints were last settled with. */
    private List<X509Certificate> told = List.of();

    /** Problems that were logged, and still are so. */
    private List<String> reported = List.of();

    /**
     * Nothing is read before {@link #start}.
     *
     * @param folder of the certificates
     * @param admin runs changes on the admin thread
     */
    public ServerTls(Path folder, InstantSource calendar, LoopGroup loops, Consumer<Runnable> admin) {
        this.folder = folder;
        this.calendar = calendar;
        this.admin = admin;
        this.certificates = new Certificates(folder, calendar);
        this.ticketKeys = new TicketKeys(folder);
        this.sessions = new Sessions(loops);
    }

    /** Sets what is called on the admin thread when endpoints can be bound that could not be before. */
    public void onReady(Runnable callback) {
        onReady = callback;
    }

    /** Reads the files, and follows them from then on. */
    public void start() {
        look(false);
        settle();
        var _ = watch.scheduleWithFixedDelay(this::glance, GLANCE.toMillis(), GLANCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Follows the files no more. Not on the admin thread, which the watch may wait for. */
    public void close() {
        watch.shutdownNow();
        try {
            if (!watch.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The files of TLS are still being read; that thread is left behind");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- files

    private void glance() {
        try {
            look(false);
            if (!present().equals(settled) || endpoints.stream().anyMatch(SecuredEndpoint::isOver)) {
                admin.accept(this::settle);
            }
        } catch (RuntimeException e) {
            LOG.error("The files of TLS could not be looked at; it is tried again", e);
        }
    }

    private void look(boolean atOnce) {
        long now = System.nanoTime();
        certificates.turn(now, atOnce);
        ticketKeys.turn(now, settings.resumption());
        endpoints.forEach(endpoint -> endpoint.look(now));
        report();
    }

    private synchronized void report() {
        List<String> problems =
                Stream.concat(certificates.problems(), ticketKeys.problems()).toList();
        problems.stream().filter(problem -> !reported.contains(problem)).forEach(LOG::warn);
        reported = problems;
    }

    /** Looks at the files now, and does not wait until those that have changed settle; from any thread. */
    public void reload() {
        look(true);
        admin.accept(this::settle);
    }

    /**
     * Makes a certificate for a trial, which is in force when this returns; from any thread.
     *
     * @return its file
     * @throws IllegalArgumentException when the name is none
     */
    public Path selfSigned(String name) throws IOException {
        Path file = SelfSigned.write(folder, name);
        reload();
        return file;
    }

    private List<Object> present() {
        return List.of(
                shared(), endpoints.stream().map(SecuredEndpoint::followed).toList());
    }

    private SecuredEndpoint.Shared shared() {
        return new SecuredEndpoint.Shared(
                engines.current(),
                engines.none(),
                certificates.inForce().stream().map(ServerCertificate::key).toList(),
                ticketKeys.inForce(),
                settings);
    }

    private void settle() {
        endpoints.removeIf(SecuredEndpoint::endIfOver);
        settled = present();
        recordExchange();
        SecuredEndpoint.Shared now = shared();
        boolean ready = false;
        for (SecuredEndpoint endpoint : endpoints) {
            ready |= endpoint.settle(now);
        }
        settledTicketKeys = now.ticketKeys().size();
        tellRenewals();
        if (ready) {
            onReady.run();
        }
    }

    private void tellRenewals() {
        List<ServerCertificate> now = certificates.inForce();
        now.stream()
                .filter(certificate -> !told.contains(certificate.leaf()))
                .forEach(certificate -> LOG.info(
                        "The certificate {} is in force for new connections, until {}",
                        certificate.origin(),
                        certificate.end()));
        told = now.stream().map(ServerCertificate::leaf).toList();
    }

    private void recordExchange() {
        Optional<TlsEngine> now = engines.current();
        if (!now.equals(recorded)) {
            TlsEngineExchange.record(name(recorded), name(now));
            recorded = now;
        }
    }

    private static String name(Optional<TlsEngine> engine) {
        return engine.map(TlsEngine::name).orElse("none");
    }

    // ---- endpoints

    /**
     * TLS for an endpoint.
     *
     * @param alpn the protocols that it offers at the moment, the preferred one first
     */
    public SecuredEndpoint secure(EndpointAddress address, TlsOptions options, Supplier<List<String>> alpn) {
        SecuredEndpoint made = new SecuredEndpoint(
                address.toString(),
                options,
                folder,
                alpn,
                engines::isOffered,
                opening -> new TlsStages(opening, () -> limits, counts));
        made.look(System.nanoTime());
        boolean _ = made.settle(shared());
        endpoints.add(made);
        return made;
    }

    // ---- what comes and goes

    /**
     * Checks the limits before anything is changed.
     *
     * @throws IllegalArgumentException when a limit of handshakes is not positive
     */
    public void configure(TlsSettings changed) {
        limits = limits(changed);
        boolean another = !changed.engine().equals(settings.engine());
        settings = changed;
        if (another) { // otherwise an exchange that was asked for by hand stays
            engines.want(changed.engine());
        }
        settle();
    }

    private static HandshakeLimits limits(TlsSettings of) {
        return new HandshakeLimits(of.handshakeTimeout(), of.unfinishedHandshakes(), of.keyOperations());
    }

    /** An engine has come, or its ranking has changed. Connections of its version before are passed to it. */
    public void offer(TlsEngine engine, int ranking) {
        engines.offer(engine, ranking);
        settle();
        sessions.follow(engine, engines::isOffered);
    }

    /** An engine is removed: no new connection gets it. */
    public void withdraw(TlsEngine engine) {
        engines.withdraw(engine);
        settle();
        endpoints.forEach(endpoint -> endpoint.forget(engine));
    }

    /** Whether an engine is there that could take over the connections of one that is removed. */
    public boolean hasSuccessor(TlsEngine gone) {
        return !gone.sessionForm().isEmpty() && engines.hasForm(gone.sessionForm());
    }

    public void reportMissing(MissingEngine engine) {
        engines.reportMissing(engine);
    }

    public void clearMissing(MissingEngine engine) {
        engines.clearMissing(engine);
    }

    /** A source of certificates has come, or has others. */
    public void offer(CertificateSource source, int ranking, String name) {
        certificates.offer(source, ranking, name);
        settle();
    }

    public void withdraw(CertificateSource source) {
        certificates.withdraw(source);
        settle();
    }

    /**
     * Changes the engine of new connections.
     *
     * @param engine its name, or {@code auto}
     * @return what has happened, for people
     * @throws IllegalArgumentException when it is not there, with those that are
     */
    public String exchange(String engine) {
        String before = name(engines.current());
        engines.require(engine);
        settle();
        String now = name(engines.current());
        return before + " -> " + now + ": new connections use " + now + "; those that are open go on as they are";
    }

    /** The connections that have sessions. */
    public Sessions sessions() {
        return sessions;
    }

    // ---- what is asked, from any thread

    public List<TlsEngineStatus> engines() {
        return engines.status();
    }

    /** The certificates in force, the default one first. */
    public List<ServerCertificate> certificates() {
        return certificates.inForce();
    }

    /** How many keys of tickets the endpoints were last settled with. */
    public int ticketKeys() {
        return settledTicketKeys;
    }

    public TlsCounts counts() {
        return counts;
    }

    /** What is wrong, a line each, with the remedy. */
    public List<String> faults() {
        return Stream.of(
                        engines.problem().stream(),
                        certificates.problems(),
                        ticketKeys.problems(),
                        endpoints.stream().filter(SecuredEndpoint::isInUse).flatMap(SecuredEndpoint::problems))
                .flatMap(lines -> lines)
                .toList();
    }

    /** The limits that handshakes have met. */
    public List<LimitStatus> limits() {
        return Stream.of(
                        new LimitStatus(
                                "privateKeyOperations (handshakes waited)", counts.timesHeldBack(), "pollux.tls"),
                        new LimitStatus(
                                "unfinishedHandshakes (the oldest was reset)", counts.timesCrowdedOut(), "pollux.tls"))
                .filter(limit -> limit.times() > 0)
                .toList();
    }

    /** The time by the calendar. */
    public InstantSource calendar() {
        return calendar;
    }
}
