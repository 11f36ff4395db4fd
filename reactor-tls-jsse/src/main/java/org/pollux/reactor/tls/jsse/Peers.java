package org.pollux.reactor.tls.jsse;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** The trust of the session at work. */
final class Peers extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        JsseSession.atWork().handshakeIsFull();
        check(chain, authType, engine);
    }

    private static void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Role role = JsseSession.atWork().role();
        role.check().check(chain, authType, engine, role.host());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return JsseSession.atWork().role().check().issuers();
    }

    // ---- for sockets, of which there are none

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("There is no socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("There is no socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("There is no socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("There is no socket");
    }
}
