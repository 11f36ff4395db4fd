package org.pollux.reactor.tls.base;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/**
 * Finds a server's values by the name that a client asks for (T3): the exact one, then that of the wildcard. Immutable, for any
 * thread.
 */
public final class NameTable<V> {

    private final Map<String, V> values;

    /** Copies them. Names are those of certificates: {@code "example.org"}, {@code "*.example.org"}. */
    public NameTable(Map<String, V> values) {
        Map<String, V> lower = new HashMap<>();
        values.forEach((name, value) -> lower.put(canonical(name), value));
        this.values = Map.copyOf(lower);
    }

    /**
     * The value for a name.
     *
     * @param host a DNS name, with or without a dot at its end, or an IP address without brackets
     * @return null when neither it nor a wildcard for it is there
     */
    public @Nullable V find(String host) {
        String name = canonical(host);
        V exact = values.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot > 0 ? values.get("*" + name.substring(dot)) : null;
    }

    /**
     * Whether a certificate is for a host (T9).
     *
     * @param host a DNS name or an IP address without brackets
     * @throws IllegalArgumentException when the certificate's names cannot be read
     */
    public static boolean covers(X509Certificate certificate, String host) {
        Map<String, Boolean> names = new HashMap<>();
        CertifiedKey.namesOf(certificate).forEach(name -> names.put(name, true));
        return new NameTable<>(names).find(host) != null;
    }

    /** As certificates have it: in lower case, without the dot of the root at its end, an IPv6 address with all its groups. */
    public static String canonical(String host) {
        if (host.indexOf(':') >= 0) {
            try {
                return InetAddress.ofLiteral(host).getHostAddress();
            } catch (IllegalArgumentException e) { // a client may ask for anything
                return host;
            }
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
