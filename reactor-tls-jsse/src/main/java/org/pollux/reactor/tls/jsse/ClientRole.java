package org.pollux.reactor.tls.jsse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsClientSettings;

/** A client's side of a session. */
record ClientRole(TlsClientSettings settings, PeerCheck check, String host) implements Role {

    @Override
    public List<CertifiedKey> certificates() {
        CertifiedKey own = settings.certificate();
        return own == null ? List.of() : List.of(own);
    }

    @Override
    public @Nullable CertifiedKey choose(String keyKind, @Nullable String askedName) {
        return Role.first(certificates(), keyKind);
    }
}
