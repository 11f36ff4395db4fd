package org.pollux.reactor.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.runtime.tls.HandshakeLimits;
import org.pollux.reactor.runtime.tls.TlsCounts;
import org.pollux.reactor.runtime.tls.TlsStages;
import org.pollux.reactor.server.offer.TlsOptions;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;
import org.pollux.reactor.tls.base.NewCertificate;

/** A loop that was held up asks for the successor of a session's engine when that engine is gone again. */
class SecuredEndpointTest {

    private final Set<TlsEngine> offered = new HashSet<>();
    private final List<TlsEngine> open = new ArrayList<>();
    private final SecuredEndpoint endpoint = new SecuredEndpoint(
            "tls://here",
            TlsOptions.of(Map.of()),
            Path.of("conf"),
            List::of,
            offered::contains,
            opening -> new TlsStages(
                    opening,
                    () -> new HandshakeLimits(TlsSettings.DEFAULTS.handshakeTimeout(), 1, 1),
                    new TlsCounts()));

    private final Set<CertifiedKey> refused = new HashSet<>();
    private List<CertifiedKey> served = List.of();

    private TlsEngine settled() {
        TlsEngine engine = engine();
        settle(engine, certificate("here"));
        return engine;
    }

    private void settle(TlsEngine engine, CertifiedKey... certificates) {
        endpoint.settle(new SecuredEndpoint.Shared(
                Optional.of(engine), "", List.of(certificates), List.of(), TlsSettings.DEFAULTS));
    }

    private static CertifiedKey certificate(String host) {
        return NewCertificate.forHosts(host).make();
    }

    private CertifiedKey refused(String host) {
        CertifiedKey made = certificate(host);
        refused.add(made);
        return made;
    }

    private TlsEngine engine() {
        TlsEngine engine = new Remembered();
        offered.add(engine);
        return engine;
    }

    private void remove(TlsEngine engine) {
        offered.remove(engine);
        endpoint.forget(engine);
    }

    @Test
    void anEngineThatIsRemovedKeepsNoContextThoughALoopAsksForItLater() {
        TlsEngine serving = settled();
        TlsEngine aside = engine();
        assertNotNull(endpoint.successor(aside));
        assertEquals(List.of(serving, aside), open);
        remove(aside);
        assertNull(endpoint.successor(aside));
        assertEquals(List.of(serving), open);
    }

    @Test
    void theServingEngineThatIsRemovedContinuesNothingMore() {
        TlsEngine serving = settled();
        assertNotNull(endpoint.successor(serving));
        remove(serving);
        assertNull(endpoint.successor(serving));
    }

    @Test
    void aCertificateThatTheEngineRefusesDoesNotHoldBackTheOthers() throws IOException {
        TlsEngine engine = engine();
        CertifiedKey good = certificate("good");
        settle(engine, refused("bad"), good);
        endpoint.requireReady();
        assertEquals(List.of(good), served);
        assertEquals(List.of(engine), open, "none of the trials stays");
        assertEquals(
                List.of("tls://here: remembered refuses a change: bad. All other certificates are in force"),
                endpoint.problems().toList());
        CertifiedKey renewed = certificate("good");
        settle(engine, renewed);
        assertEquals(List.of(renewed), served);
        assertEquals(List.of(), endpoint.problems().toList());
    }

    @Test
    void whatWasInForceStaysWhenTheEngineRefusesItsRenewal() {
        TlsEngine engine = engine();
        CertifiedKey one = certificate("one");
        settle(engine, one, certificate("two"));
        CertifiedKey two = certificate("two");
        settle(engine, refused("one"), two);
        assertEquals(List.of(one, two), served);
    }

    @Test
    void whenAllCertificatesAreRefusedTheEndpointIsNotReady() {
        settle(engine(), refused("one"), refused("two"));
        IOException thrown = assertThrows(IOException.class, endpoint::requireReady);
        assertEquals("remembered refuses a change: one. The settings before stay in force", thrown.getMessage());
        assertEquals(List.of(), open);
    }

    /** Remembers its open contexts. */
    private final class Remembered implements TlsEngine {

        @Override
        public String name() {
            return "remembered";
        }

        @Override
        public String description() {
            return "remembered 1.0";
        }

        @Override
        public Set<TlsFeature> features() {
            return Set.of();
        }

        @Override
        public TlsServerContext server(TlsServerSettings settings) {
            List<CertifiedKey> before = served;
            serve(settings);
            open.add(this);
            return new TlsServerContext() {
                @Override
                public TlsSession open(CipherStream below) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void update(TlsServerSettings next) {
                    serve(next);
                }

                @Override
                public void close() {
                    open.remove(Remembered.this);
                    served = before;
                }
            };
        }

        private void serve(TlsServerSettings settings) {
            settings.certificates().stream()
                    .filter(refused::contains)
                    .findFirst()
                    .ifPresent(bad -> {
                        throw new IllegalArgumentException(String.join(", ", bad.names()));
                    });
            served = settings.certificates();
        }

        @Override
        public TlsClientContext client(TlsClientSettings settings) {
            throw new UnsupportedOperationException();
        }
    }
}
