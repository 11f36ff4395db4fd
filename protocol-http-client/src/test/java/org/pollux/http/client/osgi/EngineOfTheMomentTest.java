package org.pollux.http.client.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.reactor.ReactorHttpClient;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsSession;

final class EngineOfTheMomentTest {

    private static final CipherStream NOWHERE = new CipherStream() {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return 0;
        }

        @Override
        public long write(ByteBuffer[] data, int from, int count) throws IOException {
            return 0;
        }
    };

    private final EngineOfTheMoment tls = new EngineOfTheMoment(ReactorHttpClient.TLS);
    private final List<String> closed = new ArrayList<>();

    /** It tells that it was asked. */
    private final class Named implements TlsEngine {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public Set<TlsFeature> features() {
            return Set.of();
        }

        @Override
        public TlsServerContext server(TlsServerSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TlsClientContext client(TlsClientSettings settings) {
            assertEquals(List.of("h2", "http/1.1"), settings.alpn());
            return new TlsClientContext() {
                @Override
                public TlsSession open(CipherStream below, String host, int port) {
                    throw new UnsupportedOperationException("opened by " + name);
                }

                @Override
                public void close() {
                    closed.add(name);
                }
            };
        }
    }

    private void assertOpens(String name) {
        assertEquals(
                "opened by " + name,
                assertThrows(
                                UnsupportedOperationException.class,
                                () -> tls.required().open(NOWHERE, "a.example", 443))
                        .getMessage());
    }

    @Test
    void aNewSessionIsOfTheEngineThatCameLastAlsoWhenItsConnectionIsOnItsWay() {
        TlsEngine first = new Named("first");
        TlsEngine second = new Named("second");
        tls.use(first);
        TlsClientContext before = tls.required();
        assertOpens("first");
        tls.use(second);
        tls.withdraw(first);
        assertSame(before, tls.required());
        assertOpens("second");
        assertEquals(List.of("first"), closed);
        tls.close();
        assertEquals(List.of("first", "second"), closed);
    }

    @Test
    void withoutAnEngineTheRemedyIsTold() {
        TlsEngine only = new Named("only");
        tls.use(only);
        tls.withdraw(only);
        MissingEngine missing = new MissingEngine("openssl", "install libssl3");
        tls.reportMissing(missing);
        assertNone("; openssl: install libssl3");
        tls.clearMissing(missing);
        assertNone("");
    }

    private void assertNone(String reasons) {
        assertEquals(
                "there is no TLS engine: start the bundle reactor-tls-openssl or reactor-tls-jsse" + reasons,
                assertThrows(IllegalStateException.class, tls::required).getMessage());
    }
}
