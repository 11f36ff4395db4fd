package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.TlsVersion;

/** T3 the certificate by name, T4 an update. */
interface CertificateRules extends TlsRules {

    @ParameterizedTest
    @CsvSource({
        "shop.example.org, shop",
        "SHOP.example.ORG, shop",
        "www.example.org, wildcard",
        "a.www.example.org, default",
        "example.org, default",
        "elsewhere.example, default"
    })
    default void t03_theNameSelectsTheCertificate(String asked, String expected) throws IOException {
        CertifiedKey first = Keys.serverFor("default.example");
        CertifiedKey shop = Keys.serverFor("shop.example.org");
        CertifiedKey wildcard = Keys.serverFor("*.example.org");
        TlsServerContext server = bench().engine().server(TlsServerSettings.of(List.of(first, wildcard, shop)));
        for (TlsVersion version : TlsVersion.values()) {
            Talk talk = bench().talk(server, JdkPeers.usual().client(asked, version, CertificateRules::anyName))
                    .shake();
            CertifiedKey shown = switch (expected) {
                case "shop" -> shop;
                case "wildcard" -> wildcard;
                default -> first;
            };
            assertEquals(shown.certificate(), talk.peer().session().getPeerCertificates()[0]);
            assertEquals(shown.certificate(), talk.session().info().certificate());
            assertEquals(asked.toLowerCase(Locale.ROOT), talk.session().info().serverName());
        }
    }

    @ParameterizedTest
    @EnumSource
    default void t03_theFirstOneIsForClientsThatAskForNoName(TlsVersion version) throws IOException {
        TlsServerContext server =
                bench().engine().server(TlsServerSettings.of(List.of(Keys.SERVER, Keys.serverFor("other.example"))));
        Talk talk = bench().talk(server, JdkPeers.usual().client(Keys.HOST, version, parameters -> {
                    anyName(parameters);
                    parameters.setServerNames(List.of());
                }))
                .shake();
        assertEquals(Keys.SERVER.certificate(), talk.peer().session().getPeerCertificates()[0]);
        assertNull(talk.session().info().serverName());
    }

    @ParameterizedTest
    @EnumSource
    default void t03_aClientThatKnowsOnlyRsaGetsTheCertificateWithThatKey(TlsVersion version) throws IOException {
        TlsServerContext server = bench().engine().server(TlsServerSettings.of(List.of(Keys.SERVER, Keys.Rsa.SERVER)));
        Talk talk = bench().talk(
                        server,
                        JdkPeers.trusting(Keys.Rsa.SERVER).client(Keys.HOST, version, CertificateRules::rsaOnly))
                .shake();
        assertEquals(Keys.Rsa.SERVER.certificate(), talk.peer().session().getPeerCertificates()[0]);
    }

    @ParameterizedTest
    @EnumSource
    default void t04_newSessionsGetTheNewCertificateAndOldOnesGoOn(TlsVersion version) throws IOException {
        CertifiedKey renewed = Keys.serverFor(Keys.HOST);
        TlsServerContext server = bench().server();
        Talk old = bench().talk(server, JdkPeers.usual().client(version)).shake();
        server.update(TlsBench.SERVER.withCertificates(List.of(renewed)));
        Talk next = bench().talk(server, JdkPeers.usual().client(version)).shake();
        assertEquals(renewed.certificate(), next.peer().session().getPeerCertificates()[0]);

        old.send(Talk.pattern(1_000));
        assertEquals(1_000, old.peer().received().length);
        assertEquals(Keys.SERVER.certificate(), old.session().info().certificate());
    }

    @Test
    default void t04_aRefusedUpdateChangesNothing() throws IOException {
        TlsServerContext server = bench().server();
        assertThrows(
                IllegalArgumentException.class,
                () -> server.update(TlsBench.SERVER
                        .withCertificates(List.of(Keys.serverFor(Keys.HOST)))
                        .withCipherSuites(List.of("TLS_WITH_NOTHING"))));
        Talk talk = bench().talk(server, JdkPeers.usual().client(TlsVersion.TLS_1_3))
                .shake();
        assertEquals(Keys.SERVER.certificate(), talk.peer().session().getPeerCertificates()[0]);
    }

    /** Between the server's opening of the session and the client's first byte. */
    @Test
    default void t04_anUpdateBeforeTheFirstByteDoesNoHarm() throws IOException {
        TlsServerContext server = bench().server();
        Talk talk = bench().talk(server, JdkPeers.usual().client(TlsVersion.TLS_1_3));
        server.update(TlsBench.SERVER.withCertificates(List.of(Keys.serverFor("later.example"), Keys.SERVER)));
        talk.shake();
        assertNotEquals(0, talk.peer().session().getPeerCertificates().length);
    }

    private static void anyName(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("");
    }

    private static void rsaOnly(SSLParameters parameters) {
        parameters.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"});
        parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
    }
}
