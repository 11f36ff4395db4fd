package org.pollux.reactor.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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

    private TlsEngine settled() {
        TlsEngine engine = engine();
        endpoint.settle(new SecuredEndpoint.Shared(
                Optional.of(engine),
                "",
                List.of(NewCertificate.forHosts("here").make()),
                List.of(),
                TlsSettings.DEFAULTS));
        return engine;
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
            open.add(this);
            return new TlsServerContext() {
                @Override
                public TlsSession open(CipherStream below) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void update(TlsServerSettings next) {}

                @Override
                public void close() {
                    open.remove(Remembered.this);
                }
            };
        }

        @Override
        public TlsClientContext client(TlsClientSettings settings) {
            throw new UnsupportedOperationException();
        }
    }
}
