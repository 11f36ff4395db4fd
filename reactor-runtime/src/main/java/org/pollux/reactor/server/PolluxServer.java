package org.pollux.reactor.server;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.WebSocketStatus;
import org.pollux.reactor.runtime.loop.MemoryBudget;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.loop.SendBuffer;
import org.pollux.reactor.server.endpoints.EndpointReconciler;
import org.pollux.reactor.server.endpoints.HandOver;
import org.pollux.reactor.server.inheritance.BoundSocket;
import org.pollux.reactor.server.inheritance.Inheritance;
import org.pollux.reactor.server.limits.ConnectionLimit;
import org.pollux.reactor.server.limits.Descriptors;
import org.pollux.reactor.server.loops.Backends;
import org.pollux.reactor.server.loops.ConnectionReport;
import org.pollux.reactor.server.loops.GuestReactors;
import org.pollux.reactor.server.loops.HeldUpWatch;
import org.pollux.reactor.server.loops.LoopGroup;
import org.pollux.reactor.server.offer.ProtocolOffer;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.server.tls.ServerTls;
import org.pollux.reactor.server.tls.TlsReport;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;
import org.pollux.reactor.tls.CertificateSource;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server without its container: loops, backends that are swapped below them, and protocols that are bound to
 * endpoints. All of these may come, change and go while it runs.
 *
 * <p>It is longer than most classes because it is the whole border of the server: nearly every method passes a call to the part
 * that does it, on the admin thread.
 *
 * <p>From any thread. A change is made when the call returns, except for calls of an event loop's thread, which cannot
 * wait for the loops: theirs is made right after.
 */
public final class PolluxServer implements Server, ReactorFactory, AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(10);

    /** Administration has at least this for its connections when the others have used up the drain time. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final Duration SWAP = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(PolluxServer.class);

    private final ConnectionLimit limit = new ConnectionLimit();
    private final MemoryBudget memory;
    private final MemoryBudget reserve;
    private final Descriptors descriptors = new Descriptors(limit, this::followDescriptors);
    private final GuestReactors reactors;
    private final LoopGroup loops;
    private final ConnectionReport connections;
    private final HeldUpWatch watch;
    private final Backends backends;
    private final ServerTls tls;
    private final EndpointReconciler endpoints;
    private final StartUp startUp = new StartUp();
    private volatile boolean running;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AdminThread admin;
    private final ServerReport report;

    /** Of the admin thread. */
    private ServerSettings settings;

    private boolean ticking;
    private int ticks;

    /** Of the admin thread: when the drain time of a {@link #retire retired} server is over, as of {@link System#nanoTime}. */
    private OptionalLong drainEnd = OptionalLong.empty();

    /** Whether no more requests should come. */
    private volatile boolean retired;

    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts the loops, which are parked until {@link #start}.
     *
     * @param home where Unix-domain sockets with a relative path are
     * @throws IOException when the system has no descriptors for the loops
     */
    public PolluxServer(ServerSettings settings, Path home, String version) throws IOException {
        this.settings = settings;
        memory = new MemoryBudget(settings.memory(), new SendBuffer(settings.sendBuffer()));
        reserve = MemoryBudget.reserve(settings.memory(), memory.kernel());
        memory.onChange(() -> limit.block("memory", memory.isFull() ? Optional.of(memory.why()) : Optional.empty()));
        reactors = new GuestReactors(memory);
        loops = new LoopGroup(settings.loops(), memory, reserve);
        connections = new ConnectionReport(loops);
        backends = new Backends(loops, reactors);
        tls = new ServerTls(home.resolve("conf/tls"), InstantSource.system(), loops, this::change);
        endpoints = new EndpointReconciler(loops, home, limit, tls);
        admin = new AdminThread(() -> LoopGroup.isLoop(Thread.currentThread()) || reactors.isLoop());
        limit.most(settings.maxConnections());
        limit.mostPerAddress(settings.connectionsPerAddress());
        watch = new HeldUpWatch(loops, settings.heldUpAfter(), loops.placement()::busyChanged);
        report = new ServerReport(
                version,
                loops,
                watch,
                backends,
                endpoints.report(),
                startUp,
                List.of(memory, reserve),
                limit,
                descriptors,
                tls);
        report.faults().add(endpoints, endpoints::faults);
        watch.start();
        limit.onOpened(descriptors::opened);
        boolean _ = descriptors.look();
    }

    /** Too few are left: files and other sockets also give some back, without a notice. */
    private void followDescriptors() {
        try {
            admin.later(HandOver.TICK, () -> {
                if (descriptors.look()) {
                    followDescriptors();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is closed", e);
        }
    }

    /** Lets a backend poll, and opens endpoints as protocols come. */
    public void start() {
        start(Duration.ZERO);
    }

    /**
     * Lets a backend poll: one of those that were offered already, or the first that comes. Endpoints are opened when all
     * that is {@link #unsettled} has settled; those of administration at once.
     *
     * @param patience after which they are opened in any case
     */
    public void start(Duration patience) {
        change(() -> {
            tls.start();
            startUp.begin(patience);
            startUp.advance();
            endpoints.hold(!startUp.isOver());
            backends.want(settings.backend());
            if (startUp.isOver()) {
                isStarted();
            }
        });
    }

    private void isStarted() {
        running = true;
        started.complete(null);
    }

    // ---- another process

    /** Adds sockets that are bound already, each for the endpoint that wants it. To be called before {@link #start}. */
    public void inherit(Inheritance sockets) {
        change(() -> endpoints.inherit(sockets));
    }

    /** Binds, but serves nothing until {@link #takeOver}. To be called before {@link #start}, when another process serves. */
    public void rest() {
        change(endpoints::rest);
    }

    /** Completes when the start is over, and each endpoint is bound or has failed. */
    public CompletableFuture<Void> started() {
        return started.copy();
    }

    /** Serves on all sockets; returns when it does. */
    public void takeOver() {
        change(endpoints::takeOver);
    }

    /** The sockets, for a process that takes over. Their descriptors stay this server's. */
    public List<BoundSocket> sockets() {
        return admin.call(endpoints::sockets);
    }

    /**
     * Leaves the sockets to another process: when this returns, nothing is accepted here any more. Nothing is closed, so
     * {@link #takeOver} undoes it.
     */
    public void leave() {
        change(endpoints::leave);
    }

    /** Asks all connections to end, after {@link #leave}; they have the drain time. */
    public void sayFarewell() {
        change(() -> endpoints.sayFarewell(settings.drain()));
    }

    /** Whether all connections have ended that were asked to by {@link #sayFarewell}. */
    public boolean isFarewellOver() {
        return admin.call(endpoints::isFarewellOver);
    }

    // ---- what comes and goes

    /** A backend has come, or its ranking has changed; the highest ranked polls unless another is configured. */
    public void offer(Backend backend, int ranking) {
        change(() -> backends.offer(backend, ranking));
    }

    /** A backend is removed: when this returns, no loop uses it. Without another one the loops park. */
    public void withdraw(Backend backend) {
        change(() -> backends.withdraw(backend));
    }

    /** A backend's bundle is there, but not what the backend needs: it is logged, and shown in the status. */
    public void reportMissing(MissingBackend backend) {
        change(() -> backends.reportMissing(backend));
    }

    /** Its bundle is removed, or the missing part is available: it is not shown any more. */
    public void clearMissing(MissingBackend backend) {
        change(() -> backends.clearMissing(backend));
    }

    /** A protocol has come, or its endpoints or its ranking have changed; only what differs is touched. */
    public void offer(ProtocolOffer service) {
        change(() -> endpoints.offer(service));
    }

    /**
     * A protocol is removed: when this returns, it gets no new connection. Those that it has are notified, and have the
     * drain time to end. Its endpoints are closed then, unless another service asks for one meanwhile and gets it as it
     * is.
     */
    public void withdraw(long serviceId) {
        withdraw(serviceId, () -> false);
    }

    /**
     * The same of a protocol that may come back.
     *
     * @param comesBack whether that is known, because its bundle is being updated: its endpoints stay bound for as
     *     long, up to the {@link #handOver} time, and new connections wait in the backlog. Asked now and again
     */
    public void withdraw(long serviceId, BooleanSupplier comesBack) {
        change(() -> endpoints.withdraw(serviceId, settings.drain(), comesBack));
    }

    /**
     * The longest time for which endpoints stay bound for a protocol that is known to come back; initially a minute.
     */
    public void handOver(Duration most) {
        change(() -> endpoints.handOver(most));
    }

    /** Changes the settings, all but the number of loops, which is fixed. */
    public void configure(ServerSettings changed) {
        change(() -> {
            if (changed.loops() != settings.loops()) {
                LOG.warn(
                        "{} loops run, and so many will until the server is started again; then there are {}",
                        settings.loops(),
                        changed.loops());
            }
            String before = settings.backend();
            settings = new ServerSettings(
                    changed.backend(),
                    settings.loops(),
                    changed.drain(),
                    changed.maxConnections(),
                    changed.connectionsPerAddress(),
                    changed.memory(),
                    changed.sendBuffer(),
                    changed.heldUpAfter());
            limit.most(settings.maxConnections());
            limit.mostPerAddress(settings.connectionsPerAddress());
            memory.limit(settings.memory());
            reserve.limit(MemoryBudget.reserveOf(settings.memory()));
            memory.kernel().limit(settings.sendBuffer());
            watch.heldUpAfter(settings.heldUpAfter());
            if (!before.equals(settings.backend())) {
                backends.want(settings.backend()); // otherwise a swap that was asked for by hand stays
            }
        });
    }

    // ---- TLS

    /** A TLS engine has come, or its ranking has changed. Connections of its version before go on with it. */
    public void offer(TlsEngine engine, int ranking) {
        change(() -> tls.offer(engine, ranking));
    }

    /**
     * A TLS engine is removed. Its connections go on; they are passed to its next version when that comes, and otherwise have the
     * drain time to end.
     */
    public void withdraw(TlsEngine engine) {
        change(() -> {
            tls.withdraw(engine);
            Duration patience = engine.sessionForm().isEmpty() ? Duration.ZERO : endpoints.handOver();
            WeakReference<TlsEngine> gone = new WeakReference<>(engine); // its connections keep it, and nothing else
            admin.later(patience, () -> drain(gone.get()));
        });
    }

    private void drain(@Nullable TlsEngine gone) {
        if (gone == null) {
            return;
        }
        int left = tls.sessions().count(gone);
        if (left > 0) {
            LOG.info(
                    "{} is gone, and its {} connections have {} s to end",
                    gone.name(),
                    left,
                    settings.drain().toSeconds());
            tls.sessions().drain(gone);
            admin.later(settings.drain(), () -> tls.sessions().abort(gone));
        }
    }

    /**
     * Lets another TLS engine encrypt new connections; those that are open go on as they are.
     *
     * @param engine its name, or {@code auto}
     * @return what has happened, for people
     * @throws IllegalArgumentException when there is no such engine; the message names the available ones
     */
    public String exchangeTls(String engine) {
        String done = admin.call(() -> tls.exchange(engine), SWAP);
        LOG.info("TLS: {}", done);
        report.engineExchanged();
        return done;
    }

    /** A TLS engine's bundle is there, but not what the engine needs: it is logged, and shown in the status. */
    public void reportMissing(MissingEngine engine) {
        change(() -> tls.reportMissing(engine));
    }

    /** Its bundle is removed, or the missing part is available: it is not shown any more. */
    public void clearMissing(MissingEngine engine) {
        change(() -> tls.clearMissing(engine));
    }

    /**
     * A source of certificates has come, or has others.
     *
     * @param name of its bundle or program, for the operator
     */
    public void offer(CertificateSource source, int ranking, String name) {
        change(() -> tls.offer(source, ranking, name));
    }

    /** A source of certificates is removed: new connections do not get its certificates. */
    public void withdraw(CertificateSource source) {
        change(() -> tls.withdraw(source));
    }

    /**
     * Changes what holds for all {@code tls} endpoints.
     *
     * @throws IllegalArgumentException when a limit of handshakes is not positive; nothing is changed then
     */
    public void configure(TlsSettings changed) {
        change(() -> tls.configure(changed));
    }

    /**
     * Makes a self-signed certificate for a trial, which is in force when this returns. It stays in {@code conf/tls} of the home.
     *
     * @param host its name
     * @return its file
     * @throws IllegalArgumentException when the name is none
     */
    public Path makeCertificate(String host) throws IOException {
        return tls.selfSigned(host);
    }

    /** TLS for people: engines, certificates with their expiry, counts of handshakes, and what is wrong. */
    public String describeTls() {
        return new TlsReport(tls).toString();
    }

    private void change(Runnable change) {
        admin.perform(() -> {
            try {
                change.run();
            } finally {
                tickWhileUnsettled();
            }
        });
    }

    /** Time passes for the admin thread only while something waits for it. */
    private void tickWhileUnsettled() {
        if (!ticking && !closed.get() && (!startUp.isOver() || endpoints.isUnsettled() || backends.isUnsettled())) {
            ticking = true;
            admin.later(HandOver.TICK, this::tick);
        }
    }

    private void tick() {
        ticking = false;
        try {
            if (startUp.advance() && !retired) {
                endpoints.hold(false);
                isStarted(); // not before: a program that waits for this connects then
                LOG.info(
                        "Endpoints are open, {} ms after the loops",
                        report.uptime().toMillis());
            }
            endpoints.advance();
            if (backends.isUnsettled() && ++ticks % 10 == 0) {
                backends.settle();
            }
        } finally {
            tickWhileUnsettled();
        }
    }

    // ---- what others report

    /** Parts that have not settled yet, one line each: the start waits for them. */
    public Reports<String> unsettled() {
        return startUp.unsettled();
    }

    /** Faults, one line each, which the status shows. */
    public Reports<String> faults() {
        return report.faults();
    }

    /** Limits that were met, which the status shows. */
    public Reports<LimitStatus> limits() {
        return report.limits();
    }

    /** Pools of connections to other servers, which the status shows. */
    public Reports<PoolStatus> pools() {
        return report.pools();
    }

    /** WebSocket connections, which the status shows. */
    public Reports<WebSocketStatus> webSockets() {
        return report.webSockets();
    }

    /** Counts what was done to a bundle, for the status: {@code installed}. */
    public void deployed(String what) {
        report.deployed(what);
    }

    // ---- what is asked of it

    @Override
    public SwapReport swap(String backend) {
        try {
            SwapReport report = admin.call(() -> backends.swap(backend), SWAP);
            LOG.info("{}", report);
            return report;
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The server is closed", e);
        }
    }

    @Override
    public LoopReplacement replaceLoop(String loop) {
        requireNoLoop();
        return loops.heldUp().replace(loop);
    }

    private static void requireNoLoop() {
        if (LoopGroup.isLoop(Thread.currentThread())) {
            throw new IllegalStateException("A loop cannot wait for another one: ask on another thread");
        }
    }

    @Override
    public ConnectionList connections(int most) {
        requireNoLoop();
        return connections.list(most);
    }

    @Override
    public ConnectionStatus closeConnection(long id) {
        requireNoLoop();
        ConnectionStatus closed = connections.close(id);
        LOG.info("Connection {} from {} is closed by an operator", id, closed.remote());
        return closed;
    }

    @Override
    public List<ServedPath> servedPaths() {
        return report.servedPaths();
    }

    @Override
    public Reactor open() throws IOException {
        if (closed.get()) {
            throw new IOException("The server is closed");
        }
        return reactors.open();
    }

    @Override
    public ServerStatus status() {
        return report.status(state());
    }

    private ServerStatus.State state() {
        if (retired || closed.get()) {
            return ServerStatus.State.STOPPING;
        }
        return running ? ServerStatus.State.RUNNING : ServerStatus.State.STARTING;
    }

    /**
     * Adds a source that names the bundle whose code a stack is in; asked only while a loop is held up, on the watch's
     * thread.
     */
    public void nameBundles(Function<List<StackTraceElement>, Optional<String>> naming) {
        watch.owners(naming);
    }

    /**
     * A bundle is removed: a loop that is held up in its code is interrupted, so that the loop does not end with the
     * bundle.
     *
     * @param isIts whether a class, by its name, is the bundle's
     */
    public void interruptHeldUp(String bundle, Predicate<String> isIts) {
        loops.heldUp().interrupt(bundle, isIts);
    }

    // ---- the end

    /**
     * Begins the end while the bundles still run. The state is {@code STOPPING} at once, so that load balancers send no more
     * requests, and all goes on for the delay. Then the endpoints are closed and the connections have the drain time to
     * end. Those of administration are served until {@link #close}, so that an operator sees the rest.
     *
     * @param delay an interrupt ends it early
     */
    public void retire(Duration delay) {
        requireNoLoop();
        retired = true;
        boolean interrupted = false;
        if (delay.isPositive()) {
            LOG.info("The server is not ready any more, and closes its endpoints in {} s", delay.toSeconds());
            interrupted = !sleep(delay);
        }
        try {
            interruptHeldUp();
            admin.call(() -> {
                drainEnd = OptionalLong.of(System.nanoTime() + drainTime().toNanos());
                endpoints.withdrawOthers(drainTime());
                return true;
            });
            awaitDrained();
        } catch (RejectedExecutionException e) {
            LOG.debug("The server was closed meanwhile", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false when it was interrupted. */
    private static boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    /** Without a backend no connection can come to its end. */
    private Duration drainTime() {
        return backends.current() == NoBackend.INSTANCE ? Duration.ZERO : settings.drain();
    }

    private Duration drainTimeLeft() {
        if (drainEnd.isEmpty()) {
            return drainTime();
        }
        return Duration.ofNanos(Math.max(FAREWELL.toNanos(), drainEnd.getAsLong() - System.nanoTime()));
    }

    /**
     * Stops listening, lets the connections end for the drain time, and then closes all there is: no thread and no
     * descriptor is left. On an event loop's thread it returns at once, and another thread does this.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (LoopGroup.isLoop(Thread.currentThread()) || reactors.isLoop()) {
            Thread.ofPlatform().name("pollux-close").start(this::closeNow);
        } else {
            closeNow();
        }
    }

    private void closeNow() {
        interruptHeldUp();
        admin.perform(() -> endpoints.withdrawAll(drainTimeLeft()));
        awaitDrained();
        tls.close();
        loops.close();
        watch.close();
        reactors.close(LoopGroup.PATIENCE);
        admin.close();
    }

    private void interruptHeldUp() {
        loops.heldUp().interrupt("the server, which ends", _ -> true);
    }

    private void awaitDrained() {
        boolean interrupted = false;
        while (!admin.call(endpoints::advance)) {
            interrupted |= !sleep(GLANCE);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
