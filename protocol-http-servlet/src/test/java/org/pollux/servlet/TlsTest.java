package org.pollux.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.NewCertificate;

/** Requests that came under TLS (Servlet 6.1, section 3.11). */
@Timeout(60)
class TlsTest {

    private static void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String names = String.join(",", new TreeSet<>(Collections.list(request.getAttributeNames())));
        response.getWriter()
                .print(request.getScheme()
                        + ' '
                        + request.isSecure()
                        + ' '
                        + request.getRequestURL()
                        + ' '
                        + request.getServletConnection().isSecure()
                        + ' '
                        + request.getAttribute("jakarta.servlet.request.secure_protocol")
                        + ' '
                        + request.getAttribute("jakarta.servlet.request.cipher_suite")
                        + ' '
                        + request.getAttribute("jakarta.servlet.request.key_size")
                        + ' '
                        + (request.getAttribute("jakarta.servlet.request.X509Certificate")
                                        instanceof X509Certificate[] chain
                                ? chain[0].getSubjectX500Principal().getName()
                                : "none")
                        + ' '
                        + names);
    }

    private static TlsInfo with(String suite, List<X509Certificate> chain) {
        return new TlsInfo(TlsVersion.TLS_1_3, suite, null, null, null, chain, false);
    }

    @Test
    void aRequestUnderTlsHasItsAttributes_3_11() throws Exception {
        X509Certificate ada = NewCertificate.forClient("Ada").make().certificate();
        String prefix = "jakarta.servlet.request.";
        try (HandServlets server = new HandServlets(TlsTest::show)) {
            server.client().encrypt(with("TLS_AES_128_GCM_SHA256", List.of(ada)));
            assertEquals(
                    "https true https://h/ true TLSv1.3 TLS_AES_128_GCM_SHA256 128 CN=Ada " + prefix
                            + "X509Certificate," + prefix + "cipher_suite," + prefix + "key_size," + prefix
                            + "secure_protocol",
                    HandServlets.body(server.get("/")));
        }
    }

    @Test
    void aClientWithoutCertificateHasNoneInItsAttributes_3_11() throws Exception {
        try (HandServlets server = new HandServlets(TlsTest::show)) {
            server.client().encrypt(with("TLS_CHACHA20_POLY1305_SHA256", List.of()));
            assertEquals(
                    "https true https://h/ true TLSv1.3 TLS_CHACHA20_POLY1305_SHA256 256 none",
                    HandServlets.body(server.get("/")).replaceFirst(" jakarta.*", ""));
        }
    }

    @Test
    void aPlainRequestHasNoAttributesOfTls_3_11() throws Exception {
        try (HandServlets server = new HandServlets(TlsTest::show)) {
            assertEquals("http false http://h/ false null null null none ", HandServlets.body(server.get("/")));
        }
    }
}
