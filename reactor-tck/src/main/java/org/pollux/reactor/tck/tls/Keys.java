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
    static final CertifiedKey CLIENT =
            NewCertificate.forClient("Ada").signedBy(AUTHORITY).make();

    static final Trust TRUST = Trust.in(List.of(AUTHORITY.certificate()));

    private Keys() {}

    /** Self-signed. It takes long to make, so it is made when it is used. */
    static final class Rsa {

        static final CertifiedKey SERVER =
                NewCertificate.forHosts(HOST).with(KeyKind.RSA).make();

        private Rsa() {}
    }

    static CertifiedKey serverFor(String... hosts) {
        return NewCertificate.forHosts(hosts).signedBy(AUTHORITY).make();
    }
}
