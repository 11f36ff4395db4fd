package org.pollux.reactor.tck.tls;

import java.util.List;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.Trust;
import org.pollux.reactor.tls.base.KeyKind;
import org.pollux.reactor.tls.base.NewCertificate;

/** The certificates of the tests, made once. */
final class Keys {

    /** The host of most sessions. */
    static final String HOST = "pollux.example";

    static final CertifiedKey AUTHORITY =
            NewCertificate.authority("Authority of the tests").make();
    static final CertifiedKey OTHER_AUTHORITY =
            NewCertificate.authority("Another authority").make();

    static final CertifiedKey SERVER =
            NewCertificate.forHosts(HOST, "127.0.0.1").signedBy(AUTHORITY).make();
    static final CertifiedKey RSA_AUTHORITY =
            NewCertificate.authority("RSA").with(KeyKind.RSA).make();
    static final CertifiedKey RSA_SERVER = NewCertificate.forHosts(HOST)
            .with(KeyKind.RSA)
            .signedBy(RSA_AUTHORITY)
            .make();
    static final CertifiedKey CLIENT =
            NewCertificate.forClient("Ada").signedBy(AUTHORITY).make();

    static final Trust TRUST = Trust.in(List.of(AUTHORITY.certificate()));

    private Keys() {}

    static CertifiedKey serverFor(String... hosts) {
        return NewCertificate.forHosts(hosts).signedBy(AUTHORITY).make();
    }
}
