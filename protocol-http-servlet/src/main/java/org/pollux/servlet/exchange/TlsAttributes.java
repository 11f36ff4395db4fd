package org.pollux.servlet.exchange;

import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pollux.http.Request;
import org.pollux.http.Tls;

/** The attributes of a request that came under TLS (Servlet 6.1, section 3.11). */
final class TlsAttributes {

    private static final String PREFIX = "jakarta.servlet.request.";
    static final Set<String> NAMES = Set.of(
            PREFIX + "cipher_suite", PREFIX + "key_size", PREFIX + "secure_protocol", PREFIX + "X509Certificate");

    private TlsAttributes() {}

    /** The value of that attribute; null when there is none. */
    static @Nullable Object of(Request request, String name) {
        if (!name.startsWith(PREFIX) || !NAMES.contains(name)) {
            return null;
        }
        Tls tls = request.tls().orElse(null);
        if (tls == null) {
            return null;
        }
        return switch (name.substring(PREFIX.length())) {
            case "cipher_suite" -> tls.cipherSuite();
            case "key_size" -> keySize(tls.cipherSuite());
            case "secure_protocol" -> tls.version();
            default ->
                tls.clientCertificates().isEmpty()
                        ? null
                        : tls.clientCertificates().toArray(X509Certificate[]::new);
        };
    }

    /** Bits of the key of the cipher (RFC 8446, appendix B.4, and earlier names of the same form). */
    private static @Nullable Integer keySize(String suite) {
        if (suite.contains("AES_128") || suite.contains("AES128")) {
            return 128;
        }
        if (suite.contains("AES_256") || suite.contains("AES256") || suite.contains("CHACHA20")) {
            return 256;
        }
        return null;
    }
}
