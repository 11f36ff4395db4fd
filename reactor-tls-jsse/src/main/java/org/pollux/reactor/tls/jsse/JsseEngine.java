package org.pollux.reactor.tls.jsse;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;

/**
 * Speaks TLS with the JDK's own implementation.
 *
 * <p>It may be used from any thread. A program without OSGi calls its constructor. As a service it has the ranking 0, so a
 * faster engine is preferred with any positive ranking.
 */
@Component(service = TlsEngine.class)
public final class JsseEngine implements TlsEngine {

    private final Buffers buffers = new Buffers();
    private final Rehearsal rehearsal = new Rehearsal(buffers);

    @Override
    public String name() {
        return "jsse";
    }

    /** The provider's name, and the Java version. */
    @Override
    public String description() {
        return Description.TEXT;
    }

    /** Made when it is asked for: a status asks again and again, and a context is dear. */
    private static final class Description {

        static final String TEXT = Contexts.newContext().getProvider().getName() + ", Java " + Runtime.version();
    }

    /** None. */
    @Override
    public Set<TlsFeature> features() {
        return Set.of();
    }

    @Override
    public TlsServerContext server(TlsServerSettings settings) {
        TlsServerContext context = new JsseServerContext(settings, buffers);
        rehearsal.play(settings);
        return context;
    }

    @Override
    public TlsClientContext client(TlsClientSettings settings) {
        return new JsseClientContext(settings, buffers);
    }
}
