package org.pollux.reactor.tls.jsse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/** A session's side: what its context's managers have to know of it. Immutable. */
sealed interface Role permits ServerRole, ClientRole {

    /** The certificates that it may show; their places in the list are their aliases. */
    List<CertifiedKey> certificates();

    PeerCheck check();

    /** The host whose certificate is expected; null when none is. */
    @Nullable
    String host();

    /**
     * The certificate for a handshake.
     *
     * @param keyKind the JDK's name of the kind of key
     * @param askedName the name that a client has asked for; null when it asked for none
     * @return null when there is none with such a key
     */
    @Nullable
    CertifiedKey choose(String keyKind, @Nullable String askedName);

    /** The first one with such a key. */
    static @Nullable CertifiedKey first(List<CertifiedKey> some, String keyKind) {
        return some.stream()
                .filter(one -> one.certificate().getPublicKey().getAlgorithm().equals(keyKind))
                .findFirst()
                .orElse(null);
    }
}
