package org.pollux.reactor.tls.openssl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.pollux.reactor.tls.CertifiedKey;
import org.pollux.reactor.tls.CipherStream;
import org.pollux.reactor.tls.TicketKey;
import org.pollux.reactor.tls.TlsServerSettings;
import org.pollux.reactor.tls.base.NameTable;

/**
 * The contexts of one edition of a server's settings: one for each set of certificates. A session begins with the first one, and
 * is given another when the client names a host that has other certificates.
 */
final class ServerContexts extends Contexts {

    private final TlsServerSettings settings;
    private final ServerCallbacks callbacks;
    private final Map<List<CertifiedKey>, Long> made = new HashMap<>();
    private final long first;

    /**
     * Makes them.
     *
     * @param ownKey encrypts tickets when the settings have no keys
     * @throws IllegalArgumentException when OpenSSL cannot use the settings
     */
    ServerContexts(TlsServerSettings settings, TicketKey ownKey, Workspaces workspaces) {
        super(workspaces);
        this.settings = settings;
        List<TicketKey> keys = settings.ticketKeys().isEmpty() ? List.of(ownKey) : settings.ticketKeys();
        try {
            this.first = contextOf(preferred());
            Map<String, Long> byName = new HashMap<>();
            names().forEach((name, certificates) -> byName.put(name, contextOf(certificates)));
            this.callbacks =
                    new ServerCallbacks(this, settings.alpn(), new NameTable<>(byName), new TicketKeys(keys, upcalls));
            made.values().forEach(callbacks::install);
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /** Those with the names of the first one. */
    private List<CertifiedKey> preferred() {
        List<CertifiedKey> all = settings.certificates();
        return oneOfEachKind(
                all, certified -> certified.names().equals(all.getFirst().names()));
    }

    private Map<String, List<CertifiedKey>> names() {
        Map<String, List<CertifiedKey>> names = new LinkedHashMap<>();
        for (CertifiedKey certified : settings.certificates()) {
            for (String name : certified.names()) {
                names.computeIfAbsent(
                        name,
                        _ -> oneOfEachKind(
                                settings.certificates(), other -> other.names().contains(name)));
            }
        }
        return names;
    }

    private static List<CertifiedKey> oneOfEachKind(List<CertifiedKey> all, Predicate<CertifiedKey> wanted) {
        Map<String, CertifiedKey> byKind = new LinkedHashMap<>();
        for (CertifiedKey certified : all) {
            if (wanted.test(certified)) {
                byKind.putIfAbsent(certified.key().getAlgorithm(), certified);
            }
        }
        return new ArrayList<>(byKind.values());
    }

    private long contextOf(List<CertifiedKey> certificates) {
        Long known = made.get(certificates);
        if (known != null) {
            return known;
        }
        long ctx = ContextSetup.create(
                this, settings.oldest(), settings.newest(), settings.cipherSuites(), settings.resumption());
        if (!settings.cipherSuites().isEmpty()) {
            SslCtx.SET_OPTIONS.call(ctx, SslCtx.OP_CIPHER_SERVER_PREFERENCE);
        }
        if (settings.resumption().isZero()) {
            SslCtx.SET_OPTIONS.call(ctx, SslCtx.OP_NO_TICKET);
            SslCtx.SET_NUM_TICKETS.call(ctx, 0);
        }
        certificates.forEach(certified -> ContextSetup.certify(ctx, certified, this));
        ClientVerification.set(ctx, settings.clientAuth(), settings.clientTrust(), upcalls);
        made.put(certificates, ctx);
        return ctx;
    }

    /** Opens a session, which uses these contexts until it is freed. The caller has {@linkplain #retain retained} them for it. */
    OpenSslSession open(CipherStream below) {
        long ssl = ErrorQueue.nonNull(Ssl.NEW.call(first), "connection");
        Ssl.SET_ACCEPT_STATE.call(ssl);
        return new OpenSslSession(this, below, ssl, "", false);
    }

    @Override
    void beforeDetaching() {} // after the handshake OpenSSL calls nothing

    @Override
    void removeCallbacks(long ctx) {
        ServerCallbacks.remove(ctx);
    }
}
