package org.pollux.reactor.tls.jsse;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/**
 * The certificates of the session at work. An alias is a place in the list of its {@link Role}, so what is chosen is what is
 * used, whatever an update does meanwhile.
 */
final class Keys extends X509ExtendedKeyManager {

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        JsseSession session = JsseSession.atWork();
        if (engine.getHandshakeSession() != null) { // otherwise it only compares with what a ticket has
            session.handshakeIsFull();
        }
        return alias(session, session.role().choose(keyType, session.askedName()));
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        JsseSession session = JsseSession.atWork();
        for (String kind : keyType) {
            CertifiedKey own = session.role().choose(kind, null);
            if (own != null && isIssuedByOneOf(own, issuers)) {
                return alias(session, own);
            }
        }
        return null;
    }

    /** No issuer named means that any is welcome (RFC 5246 section 7.4.4). */
    private static boolean isIssuedByOneOf(CertifiedKey own, Principal @Nullable [] issuers) {
        if (issuers == null || issuers.length == 0) {
            return true;
        }
        List<Principal> welcome = List.of(issuers);
        return own.chain().stream().anyMatch(some -> welcome.contains(some.getIssuerX500Principal()));
    }

    private static @Nullable String alias(JsseSession session, @Nullable CertifiedKey chosen) {
        return chosen == null
                ? null
                : String.valueOf(session.role().certificates().indexOf(chosen));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).key();
    }

    private static CertifiedKey of(String alias) {
        return JsseSession.atWork().role().certificates().get(Integer.parseInt(alias));
    }

    // ---- for sockets, of which there are none

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
