package org.pollux.it.stages;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;
import org.pollux.reactor.runtime.tls.HandshakeLimits;
import org.pollux.reactor.runtime.tls.TlsCounts;
import org.pollux.reactor.runtime.tls.TlsStage;
import org.pollux.reactor.runtime.tls.TlsStages;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsContext;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.NewCertificate;

/** The TLS stages of both ends: of a server whose engine and certificate a test exchanges, and of its clients. */
final class TlsEnds {

    private static final CertifiedKey[] CERTIFICATES = {
        NewCertificate.forHosts("localhost").make(),
        NewCertificate.forHosts("localhost").make()
    };

    private static final HandshakeLimits USUAL = new HandshakeLimits(StageFactory.HANDSHAKE_TIMEOUT, 1000, 4);

    final TlsCounts counts = new TlsCounts();
    HandshakeLimits limits = USUAL;
    private final List<TlsStage> accepted = new ArrayList<>();
    private final TlsClientContext clients;
    private TlsEngine engine;
    private @Nullable TlsServerContext context;
    private int renewals;

    TlsEnds(TlsEngine engine) {
        this.engine = engine;
        clients = engine.client(
                TlsClientSettings.DEFAULTS.withTrust(Trust.anyone()).withResumption(Duration.ZERO));
        context = engine.server(settings());
    }

    private TlsServerSettings settings() {
        return TlsServerSettings.of(List.of(CERTIFICATES[renewals % 2]));
    }

    CertifiedKey certificate() {
        return CERTIFICATES[renewals % 2];
    }

    void renew() {
        renewals++;
        requireNonNull(context).update(settings());
    }

    /** Another version of the engine takes the sessions over, if they can be passed on. */
    void exchange(TlsEngine next) {
        requireNonNull(context).close();
        engine = next;
        context = next.server(settings());
        if (!next.sessionForm().isEmpty()) {
            accepted.forEach(stage -> stage.moveTo(engine));
        }
    }

    /** No engine is there. */
    void removeEngine() {
        context = null;
    }

    void bringEngine() {
        context = engine.server(settings());
        accepted.forEach(TlsStage::engineChanged);
    }

    private TlsStages.Opened serverSession(CipherStream below) {
        return new TlsStages.Opened(engine, requireNonNull(context).open(below));
    }

    List<StageFactory> ofServer() {
        TlsStages stages = new TlsStages(
                new TlsStages.Opening() {
                    @Override
                    public TlsStages.@Nullable Opened open(CipherStream below) {
                        return context == null ? null : serverSession(below);
                    }

                    @Override
                    public TlsContext successor(TlsEngine next) {
                        return requireNonNull(context);
                    }

                    @Override
                    public void ended() {}
                },
                () -> limits,
                counts);
        return List.of(new StageFactory() {
            @Override
            public String name() {
                return stages.name();
            }

            @Override
            public Stage open(StageContext of, Transport below) throws IOException {
                TlsStage made = (TlsStage) stages.open(of, below);
                accepted.add(made);
                return made;
            }
        });
    }

    List<StageFactory> ofClients() {
        return List.of(new TlsStages(
                new TlsStages.Opening() {
                    @Override
                    public TlsStages.Opened open(CipherStream below) {
                        return new TlsStages.Opened(engine, clients.open(below, "localhost", 1));
                    }

                    @Override
                    public TlsContext successor(TlsEngine next) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void ended() {}
                },
                () -> USUAL,
                new TlsCounts()));
    }

    /** What a client says first. */
    byte[] hello() {
        var said = new ByteArrayOutputStream();
        var session = clients.open(
                new CipherStream() {
                    @Override
                    public int read(ByteBuffer target) {
                        return 0;
                    }

                    @Override
                    public long write(ByteBuffer[] data, int from, int count) {
                        long taken = 0;
                        for (int i = from; i < from + count; i++) {
                            while (data[i].hasRemaining()) {
                                said.write(data[i].get());
                                taken++;
                            }
                        }
                        return taken;
                    }
                },
                "localhost",
                1);
        try {
            session.handshake();
            return said.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            session.free();
        }
    }
}
