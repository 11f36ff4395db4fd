package org.pollux.reactor.tls.openssl;

import java.util.List;
import java.util.StringJoiner;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.SecureDefaults;

/**
 * The allowed cipher suites. OpenSSL has two lists, and its own names for the older ones.
 *
 * @param tls13 of TLS 1.3, with colons between them
 * @param tls12 of TLS 1.2
 */
record CipherSuites(String tls13, String tls12) {

    /**
     * Those with these IANA names.
     *
     * @param names empty for {@link SecureDefaults}
     * @throws IllegalArgumentException when OpenSSL does not know one
     */
    static CipherSuites of(List<String> names) {
        StringJoiner tls13 = new StringJoiner(":");
        StringJoiner tls12 = new StringJoiner(":");
        for (String name : names.isEmpty() ? SecureDefaults.CIPHER_SUITES : names) {
            String own = ownName(name);
            (own.equals(name) ? tls13 : tls12).add(own); // only those of TLS 1.3 have the same name
        }
        return new CipherSuites(tls13.toString(), tls12.toString());
    }

    private static String ownName(String name) {
        try (Frame frame = new Frame()) {
            String own = Memory.string(Ssl.CIPHER_NAME.call(frame.string(name)));
            if (own.equals("(NONE)")) {
                throw new IllegalArgumentException("OpenSSL knows no cipher suite " + name
                        + "; take an IANA name, such as TLS_AES_128_GCM_SHA256");
            }
            return own;
        }
    }

    /** Whether there is one for this version. */
    boolean serve(TlsVersion version) {
        return !(version == TlsVersion.TLS_1_3 ? tls13 : tls12).isEmpty();
    }
}
