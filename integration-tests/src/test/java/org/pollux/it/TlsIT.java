package org.pollux.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.reactor.admin.TlsEngineStatus;
import org.pollux.reactor.tls.CertificateSource;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.base.NewCertificate;

/** The TLS engine and the certificate are exchanged under open connections, by bundles and services. */
@InContainer
final class TlsIT {

    private final CertifiedKey authority = NewCertificate.authority("Trial").make();
    private final AtomicReference<CertifiedKey> certificate = new AtomicReference<>(certificate());
    private final AtomicInteger renewals = new AtomicInteger();

    /** Speaks in lines. */
    private final class SecureClient implements AutoCloseable {

        private final SSLSocket socket;
        private final BufferedReader in;

        SecureClient(int port) throws Exception {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("trial", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Pollux.PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(US_ASCII));
            return String.valueOf(in.readLine());
        }

        X509Certificate certificate() throws IOException {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server(), Bundles.bundles("reactor-tls-jsse", "reactor-tls-openssl")};
    }

    private CertifiedKey certificate() {
        return NewCertificate.forHosts("localhost").signedBy(authority).make();
    }

    private Map<String, Object> properties() {
        return Map.of("renewals", renewals.getAndIncrement());
    }

    @Test
    void connectionsSurviveAnotherEngineItsUpdateAndARenewal(BundleContext context) throws Exception {
        Pollux pollux = new Pollux(context);
        CertificateSource source = () -> List.of(certificate.get());
        ServiceRegistration<?> registration =
                context.registerService(CertificateSource.class, source, FrameworkUtil.asDictionary(properties()));
        pollux.configure("pollux.echo", Map.of("endpoint", "tls://127.0.0.1:0"));
        context.installBundle(Bundles.url("protocol-echo")).start();
        int port = pollux.port("org.pollux.protocol-echo");
        awaitEngine(pollux, "openssl");
        try (SecureClient onOpenssl = new SecureClient(port)) {
            assertEquals("one", onOpenssl.ask("one"));

            pollux.configure("pollux.tls", Map.of("engine", "jsse"));
            awaitEngine(pollux, "jsse");
            try (SecureClient onJsse = new SecureClient(port)) {
                assertEquals("two", onJsse.ask("two"));
                assertEquals("three", onOpenssl.ask("three"));

                var classes = new WeakReference<>(pollux.bundle("reactor-tls-openssl")
                        .adapt(BundleWiring.class)
                        .getClassLoader());
                pollux.update("reactor-tls-openssl");
                assertEquals("four", onOpenssl.ask("four"));
                assertEquals("five", onJsse.ask("five"));
                awaitCollected(classes, context, pollux.bundle("reactor-tls-openssl"));

                X509Certificate before = onJsse.certificate();
                certificate.set(certificate());
                registration.setProperties(FrameworkUtil.asDictionary(properties()));
                Pollux.eventually(() -> {
                    try (SecureClient renewed = new SecureClient(port)) {
                        assertEquals("six", renewed.ask("six"));
                        assertNotEquals(before, renewed.certificate());
                    }
                });
                assertEquals("seven", onOpenssl.ask("seven"));
                assertEquals("eight", onJsse.ask("eight"));
            }
        }
        pollux.bundle("protocol-echo").uninstall();
        Pollux.eventually(() -> assertTrue(pollux.status().endpoints().isEmpty()));
        pollux.forget("pollux.tls");
        registration.unregister();
    }

    /** The session that was passed on, and the upcalls of OpenSSL, hold nothing of the version before. */
    private static void awaitCollected(WeakReference<ClassLoader> classes, BundleContext context, Bundle updated)
            throws InterruptedException {
        Bundle framework = context.getBundle(0);
        if (!framework.getSymbolicName().equals("org.apache.felix.framework")) {
            return; // on Equinox one stays; who holds it is not known
        }
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(updated));
        Pollux.eventually(() -> {
            System.gc();
            assertNull(classes.get(), "the class loader of the engine's version before is still reachable");
        });
    }

    private static void awaitEngine(Pollux pollux, String name) throws InterruptedException {
        Pollux.eventually(() -> assertEquals(
                name,
                pollux.status().tlsEngines().stream()
                        .filter(engine -> engine.state() == TlsEngineStatus.State.SERVES)
                        .map(TlsEngineStatus::name)
                        .findFirst()
                        .orElse("none")));
    }
}
