package org.pollux.reactor.tck.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.tls.TlsException.Reason;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsVersion;

/** T5 the protocol, T6 versions and cipher suites. */
interface NegotiationRules extends TlsRules {

    private Talk talk(TlsServerContext server, TlsVersion version, String... offered) {
        return bench().talk(
                        server,
                        JdkPeers.usual()
                                .client(Keys.HOST, version, parameters -> parameters.setApplicationProtocols(offered)));
    }

    @ParameterizedTest
    @EnumSource
    default void t05_theServersFirstOneThatIsOfferedIsSelected(TlsVersion version) throws IOException {
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(List.of("h3", "h2", "http/1.1")));
        Talk talk = talk(server, version, "http/1.1", "h2").shake();
        assertEquals("h2", talk.session().info().alpn());
        assertEquals("h2", talk.peer().engine().getApplicationProtocol());
    }

    @ParameterizedTest
    @EnumSource
    default void t05_withoutOverlapTheHandshakeFails(TlsVersion version) {
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(List.of("h2")));
        Talk talk = talk(server, version, "http/1.1");
        TlsBench.assertFails(Reason.ALPN, talk::shake);
        talk.carry();
        assertTrue(talk.peer().failure().contains("no_application_protocol"), talk.peer()::failure);
    }

    @ParameterizedTest
    @EnumSource
    default void t05_withoutAnOfferItContinues(TlsVersion version) throws IOException {
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(List.of("h2")));
        assertNull(talk(server, version).shake().session().info().alpn());
        assertNull(
                talk(bench().server(), version, "h2").shake().session().info().alpn());
    }

    @ParameterizedTest
    @EnumSource
    default void t05_protocolsComeAndGo(TlsVersion version) throws IOException {
        List<String> now = new ArrayList<>();
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(() -> List.copyOf(now)));
        assertNull(
                talk(server, version, "h2", "http/1.1").shake().session().info().alpn());
        now.add("http/1.1");
        assertEquals(
                "http/1.1",
                talk(server, version, "h2", "http/1.1").shake().session().info().alpn());
        Talk opened = talk(server, version, "h2", "http/1.1");
        now.addFirst("h2"); // before the hello
        assertEquals("h2", opened.shake().session().info().alpn());
    }

    @ParameterizedTest
    @EnumSource
    default void t05_aNameIsOctets(TlsVersion version) throws IOException {
        String octets = "\u00ff\u0001";
        var server = bench().engine().server(TlsBench.SERVER.withAlpn(List.of(octets)));
        assertEquals(
                octets, talk(server, version, octets).shake().session().info().alpn());
    }

    @ParameterizedTest
    @EnumSource
    default void t06_bothSidesKnowTheVersionAndTheSuite(Setup setup) throws IOException {
        Talk talk = bench().open(setup);
        assertEquals(setup.version(), talk.session().info().version());
        assertEquals(
                talk.peer().session().getCipherSuite(), talk.session().info().cipherSuite());
    }

    @Test
    default void t06_aPeerThatIsTooOldIsRefused() {
        var server = bench().engine().server(TlsBench.SERVER.withVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3));
        Talk served = bench().talk(server, JdkPeers.usual().client(TlsVersion.TLS_1_2));
        TlsBench.assertFails(Reason.VERSION, served::shake);
        served.carry();
        assertTrue(served.peer().failure().contains("protocol_version"), served.peer()::failure);

        var client = bench().engine().client(TlsBench.CLIENT.withVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_3));
        Talk asked = bench().talk(client, JdkPeers.usual().server(TlsVersion.TLS_1_2));
        TlsBench.assertFails(Reason.VERSION, asked::shake);
    }

    /** The JDK's engine does not speak it any more: the version in the hello is changed. */
    @Test
    default void t06_tls11IsRefused() {
        Talk talk = bench().talk(Setup.SERVER_1_2);
        byte[] hello = talk.peer().give();
        int version = 5 + 4; // behind the headers of the record and of the message
        hello[version + 1] = 2;
        byte[] supported = {0, 43, 0, 3, 2, 3, 3
        }; // the extension supported_versions, with 1.2 (RFC 8446 section 4.2.1)
        for (int i = 0; i + 6 < hello.length; i++) {
            if (Arrays.equals(hello, i, i + 7, supported, 0, 7)) {
                hello[i + 6] = 2;
            }
        }
        talk.link().arrive(hello);
        TlsBench.assertFails(Reason.VERSION, () -> {
            talk.step();
            talk.step();
        });
    }

    @ParameterizedTest
    @EnumSource
    default void t06_onlyTheSuitesOfTheSettings(TlsVersion version) throws IOException {
        String one = version == TlsVersion.TLS_1_3
                ? "TLS_CHACHA20_POLY1305_SHA256"
                : "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
        String other =
                version == TlsVersion.TLS_1_3 ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        var server = bench().engine().server(TlsBench.SERVER.withCipherSuites(List.of(one)));
        assertEquals(
                one,
                bench().talk(server, JdkPeers.usual().client(version))
                        .shake()
                        .session()
                        .info()
                        .cipherSuite());
        Talk talk = bench().talk(
                        server,
                        JdkPeers.usual()
                                .client(
                                        Keys.HOST,
                                        version,
                                        parameters -> parameters.setCipherSuites(new String[] {other})));
        TlsBench.assertFails(Reason.NO_COMMON_CIPHER, talk::shake);
    }
}
