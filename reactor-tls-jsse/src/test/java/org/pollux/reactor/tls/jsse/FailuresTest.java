package org.pollux.reactor.tls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.tls.TlsException;
import org.pollux.reactor.tls.TlsException.Reason;

/** The reasons that are found in the texts of the JDK. */
class FailuresTest {

    @Test
    void anAlertOfThePeerIsNamed() {
        TlsException failure = Failures.of(new SSLHandshakeException("Received fatal alert: unknown_ca"), false);
        assertEquals(Reason.REFUSED_CERTIFICATE, failure.reason());
        assertEquals("The peer has sent the alert unknown_ca", failure.getMessage());
    }

    /** A client of TLS 1.3 that refuses the certificate of the server may have no keys yet. */
    @Test
    void anAlertInTheClearIsFoundInTheCause() {
        SSLProtocolException thrown = new SSLProtocolException("Unexpected exception");
        thrown.initCause(new GeneralSecurityException(
                "Unexpected plaintext alert received: Level: fatal; Alert: bad_certificate"));
        TlsException failure = Failures.of(thrown, false);
        assertEquals(Reason.REFUSED_CERTIFICATE, failure.reason());
        assertEquals("The peer has sent the alert bad_certificate", failure.getMessage());
    }
}
