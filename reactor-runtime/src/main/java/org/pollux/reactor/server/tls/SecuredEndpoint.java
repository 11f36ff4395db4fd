package org.pollux.reactor.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.tls.TlsStages;
import org.pollux.reactor.server.certificates.TrustFiles;
import org.pollux.reactor.server.certificates.WatchedFiles;
import org.pollux.reactor.server.offer.TlsOptions;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.ClientAuth;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.Trust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one endpoint: opens the sessions of its connections, with the engine and the certificates of the moment. It lives until its
 * last connection has ended, for an engine may be updated until then.
 *
 * <p>The admin thread changes it; loops open sessions.
 */
public final class SecuredEndpoint implements TlsStages.Opening {

    private static final Logger LOG = LoggerFactory.getLogger(SecuredEndpoint.class);

    private final String name;
    private final TlsOptions options;
    private final Supplier<List<String>> alpn;
    private final Predicate<TlsEngine> isOffered;
    private final TlsStages stages;
    private final Optional<TrustFiles> trustFiles;
    private final WatchedFiles<Trust> trust = new WatchedFiles<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile boolean closed;

    /** Null while there is no engine or no certificate. */
    private volatile @Nullable Present present;

    /** What continues sessions of an engine that does not encrypt new connections; null when there were none. Guarded by this. */
    private @Nullable Present aside;

    private volatile Optional<String> problem = Optional.of("TLS begins");

    /** What encrypts new connections. */
    private record Present(TlsEngine engine, TlsServerContext context, TlsServerSettings settings) {}

    /** The parts that all endpoints share. */
    record Shared(
            Optional<TlsEngine> engine,
            String noEngine,
            List<CertifiedKey> certificates,
            List<TicketKey> ticketKeys,
            TlsSettings settings) {}

    SecuredEndpoint(
            String name,
            TlsOptions options,
            Path folder,
            Supplier<List<String>> alpn,
            Predicate<TlsEngine> isOffered,
            Function<TlsStages.Opening, TlsStages> stages) {
        this.name = name;
        this.options = options;
        this.alpn = alpn;
        this.isOffered = isOffered;
        this.trustFiles = options.authorities()
                .map(file -> new TrustFiles(
                        folder.resolve(file), options.revocations().map(folder::resolve)));
        this.stages = stages.apply(this);
    }

    // ---- for the endpoint's socket

    /** The stage of its connections. */
    public StageFactory stages() {
        return stages;
    }

    /**
     * Refuses to be bound before connections can be encrypted.
     *
     * @throws IOException with the reason and the remedy
     */
    public void requireReady() throws IOException {
        if (present == null) {
            throw new IOException(problem.orElse("TLS begins"));
        }
    }

    /** Its socket is closed: no connection comes any more. */
    public void close() {
        closed = true;
    }

    // ---- for the admin thread

    /** Reads the files of client certificates, if they have changed; from the thread that watches files. */
    void look(long now) {
        trustFiles.ifPresent(files -> files.look(trust, now));
    }

    /** Whether it is closed, and its last connection has ended; from any thread. */
    boolean isOver() {
        return closed && sessions.get() == 0;
    }

    /** Whether that is so; everything is given back then. */
    boolean endIfOver() {
        boolean over = isOver();
        if (over) {
            leave();
        }
        return over;
    }

    /** Whether its socket is open; from any thread. */
    boolean isInUse() {
        return !closed;
    }

    /**
     * Follows a change of what all endpoints share, or of its own files.
     *
     * @return whether connections can be encrypted that could not be before
     */
    boolean settle(Shared shared) {
        boolean before = present != null;
        Optional<String> obstacle = obstacle(shared);
        if (shared.engine().isEmpty()) {
            leave();
        } else if (obstacle.isEmpty()) {
            obstacle = change(shared.engine().get(), settings(shared));
        } else if (before) {
            obstacle = obstacle.map(reason -> reason + ". The settings before stay in force until this process ends");
        }
        if (!obstacle.equals(problem)) {
            obstacle.ifPresent(reason -> LOG.warn("TLS of {}: {}", name, reason));
        }
        problem = obstacle;
        return !before && present != null;
    }

    private Optional<String> obstacle(Shared shared) {
        if (shared.engine().isEmpty()) {
            return Optional.of(shared.noEngine());
        }
        if (shared.certificates().isEmpty()) {
            return Optional.of(
                    "there is no certificate in conf/tls: put one there, or make one for a trial with pollux tls"
                            + " self-signed NAME");
        }
        return trustFiles.isPresent() && trust.value().isEmpty()
                ? Optional.of(trust.problem().orElse("the authorities of clients are not read yet"))
                : Optional.empty();
    }

    private TlsServerSettings settings(Shared shared) {
        TlsServerSettings settings = TlsServerSettings.of(shared.certificates())
                .withAlpn(alpn)
                .withVersions(options.oldest(), options.newest())
                .withCipherSuites(shared.settings().cipherSuites())
                .withTicketKeys(shared.ticketKeys())
                .withResumption(shared.settings().resumption());
        return options.clientAuth() == ClientAuth.NONE
                ? settings
                : settings.withClientAuth(options.clientAuth(), trust.value().orElseThrow());
    }

    /** What is refused is told, and what was before goes on. */
    private Optional<String> change(TlsEngine engine, TlsServerSettings next) {
        try {
            use(engine, next);
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.debug("{} refuses {}", engine.name(), next, e);
            String refusal = engine.name() + " refuses a change: " + e.getMessage();
            return Optional.of(refusal
                    + (useTheOthers(engine, next)
                            ? ". All other certificates are in force"
                            : ". The settings before stay in force"));
        }
    }

    /** One certificate that the engine refuses does not hold back the others. */
    private boolean useTheOthers(TlsEngine engine, TlsServerSettings next) {
        Present before = present;
        List<CertifiedKey> others = AcceptedCertificates.of(
                engine,
                next.certificates(),
                before == null ? List.of() : before.settings().certificates());
        if (others.isEmpty() || others.equals(next.certificates())) {
            return false; // something else is refused
        }
        try {
            use(engine, next.withCertificates(others));
            return true;
        } catch (RuntimeException e) {
            LOG.debug("{} refuses the others too", engine.name(), e);
            return false;
        }
    }

    private void use(TlsEngine engine, TlsServerSettings next) {
        Present before = present;
        if (before != null && before.engine().equals(engine)) {
            if (!before.settings().equals(next)) {
                before.context().update(next);
                present = new Present(engine, before.context(), next);
            }
        } else {
            present = new Present(engine, engine.server(next), next);
            if (before != null) {
                before.context().close();
            }
        }
    }

    private void leave() {
        Present before = present;
        present = null;
        if (before != null) {
            before.context().close();
        }
        forgetAside();
    }

    /** An engine is removed and no longer offered: none of its classes stays because of sessions that it has continued. */
    synchronized void forget(TlsEngine gone) {
        if (aside != null && aside.engine().equals(gone)) {
            forgetAside();
        }
    }

    private synchronized void forgetAside() {
        Present last = aside;
        aside = null;
        if (last != null) {
            last.context().close(); // its sessions go on
        }
    }

    /** What is wrong, a line each; from any thread. */
    Stream<String> problems() {
        Stream<String> files = trust.value().isPresent() ? trust.problem().stream() : Stream.empty();
        return Stream.concat(present == null ? Stream.empty() : problem.stream(), files)
                .map(reason -> name + ": " + reason);
    }

    /** What the files of client certificates bring, so that a change of it is noticed: the trust in force, and the problem. */
    List<Object> followed() {
        return List.of(trust.value(), trust.problem());
    }

    // ---- for the loops

    @Override
    public TlsStages.@Nullable Opened open(CipherStream below) {
        Present now = present;
        if (now == null) {
            return null;
        }
        try {
            TlsStages.Opened opened =
                    new TlsStages.Opened(now.engine(), now.context().open(below));
            sessions.incrementAndGet();
            return opened;
        } catch (IllegalStateException e) {
            if (now.equals(present)) {
                throw e;
            }
            return open(below); // it was closed at this moment, for another one
        }
    }

    @Override
    public synchronized @Nullable TlsContext successor(TlsEngine engine) {
        Present now = present;
        if (now == null || !isOffered.test(engine)) { // a context that is made now would stay behind
            return null;
        }
        if (now.engine().equals(engine)) {
            return now.context();
        }
        Present last = aside;
        if (last == null || !last.engine().equals(engine)) {
            forgetAside();
            last = new Present(engine, engine.server(now.settings()), now.settings());
            aside = last;
        }
        return last.context();
    }

    @Override
    public void ended() {
        sessions.decrementAndGet();
    }

    @Override
    public String toString() {
        return name;
    }
}
