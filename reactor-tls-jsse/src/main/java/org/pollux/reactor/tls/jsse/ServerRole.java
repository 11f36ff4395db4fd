package org.pollux.reactor.tls.jsse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.base.NameTable;

/** A server's side of its sessions: one object for all that are opened with the same settings. */
record ServerRole(
        TlsServerSettings settings, PeerCheck check, NameTable<List<CertifiedKey>> byName, List<CertifiedKey> forOthers)
        implements Role {

    static ServerRole of(TlsServerSettings settings) {
        Map<String, List<CertifiedKey>> byName = new HashMap<>();
        for (CertifiedKey certificate : settings.certificates()) {
            for (String name : certificate.names()) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(certificate);
            }
        }
        CertifiedKey first = settings.certificates().getFirst();
        List<CertifiedKey> forOthers = first.names().stream()
                .findFirst()
                .map(byName::get)
                .filter(same -> same.getFirst() == first)
                .orElse(List.of(first));
        return new ServerRole(
                settings, PeerCheck.of(settings.clientTrust()), new NameTable<>(byName), List.copyOf(forOthers));
    }

    @Override
    public List<CertifiedKey> certificates() {
        return settings.certificates();
    }

    /** Null: a client may have any name. */
    @Override
    public @Nullable String host() {
        return null;
    }

    @Override
    public @Nullable CertifiedKey choose(String keyKind, @Nullable String askedName) {
        List<CertifiedKey> found = askedName == null ? null : byName.find(askedName);
        return Role.first(found == null ? forOthers : found, keyKind);
    }
}
