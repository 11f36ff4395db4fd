package org.pollux.reactor.server.osgi;

import java.time.Duration;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.TlsSettings;
import org.pollux.reactor.tls.CertificateSource;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;

/** Follows the services of TLS engines and of certificates, and the configuration of both, and reports each to the server. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "pollux.tls")
@Designate(ocd = TlsConfiguration.class)
public final class TlsComponent {

    private final PolluxServer server;

    /** The certificates and the engines that are there already are bound before. */
    @Activate
    public TlsComponent(TlsConfiguration configuration, @Reference RuntimeComponent runtime) {
        server = runtime.server();
        modified(configuration);
    }

    @Modified
    void modified(TlsConfiguration configuration) {
        TlsSettings settings = new TlsSettings(
                configuration.engine().strip(),
                Duration.ofSeconds(configuration.handshakeTimeout()),
                configuration.unfinishedHandshakes(),
                configuration.privateKeyOperations(),
                EndpointList.texts(configuration.cipherSuites()),
                Duration.ofSeconds(configuration.resumption()));
        server.configure(settings);
    }

    // ---- engines

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "bindEngine",
            unbind = "unbindEngine")
    void bindEngine(TlsEngine engine, Map<String, Object> properties) {
        server.offer(engine, RuntimeComponent.ranking(properties));
    }

    void unbindEngine(TlsEngine engine) {
        server.withdraw(engine);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMissingEngine(MissingEngine engine) {
        server.reportMissing(engine);
    }

    void unbindMissingEngine(MissingEngine engine) {
        server.clearMissing(engine);
    }

    // ---- certificates

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "bindCertificates",
            unbind = "unbindCertificates")
    void bindCertificates(
            ServiceReference<CertificateSource> reference, CertificateSource source, Map<String, Object> properties) {
        Bundle bundle = reference.getBundle();
        String name = bundle == null ? "a bundle that was removed" : bundle.getSymbolicName();
        server.offer(source, RuntimeComponent.ranking(properties), name);
    }

    void unbindCertificates(CertificateSource source) {
        server.withdraw(source);
    }
}
