package org.pollux.http.client.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsSession;

/**
 * The context for TLS, of the engine that is there: new sessions are of the next engine, and those of the one before
 * continue. From any thread.
 */
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another engine of the same name
final class EngineOfTheMoment implements TlsClientContext {

    private final TlsClientSettings settings;
    private final Map<String, MissingEngine> missing = new ConcurrentSkipListMap<>();
    private @Nullable TlsEngine engine;
    private @Nullable TlsClientContext context;

    /** @param settings of the contexts */
    EngineOfTheMoment(TlsClientSettings settings) {
        this.settings = settings;
    }

    synchronized void use(TlsEngine next) {
        TlsClientContext fresh = next.client(settings);
        close();
        engine = next;
        context = fresh;
    }

    /** Without effect when another one is used already. */
    synchronized void withdraw(TlsEngine gone) {
        if (engine == gone) {
            close();
        }
    }

    void reportMissing(MissingEngine reported) {
        missing.put(reported.name(), reported);
    }

    void clearMissing(MissingEngine reported) {
        missing.remove(reported.name(), reported);
    }

    /**
     * This, when there is an engine.
     *
     * @throws IllegalStateException with the remedy, when there is none
     */
    TlsClientContext required() {
        var _ = present();
        return this;
    }

    private synchronized TlsClientContext present() {
        TlsClientContext present = context;
        if (present == null) {
            throw new IllegalStateException(
                    "there is no TLS engine: start the bundle reactor-tls-openssl or reactor-tls-jsse"
                            + missing.values().stream()
                                    .map(engine -> "; " + engine.name() + ": " + engine.reason())
                                    .collect(Collectors.joining()));
        }
        return present;
    }

    @Override
    public synchronized TlsSession open(CipherStream below, String host, int port) {
        return present().open(below, host, port);
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.close();
        }
        engine = null;
        context = null;
    }
}
