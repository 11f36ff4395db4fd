package org.pollux.http.server.routing;

import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HostName;
import org.pollux.http.wire.Octets;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.base.NameTable;

/**
 * The hosts for which an encrypted connection is: those that its certificate covers. A client that reuses the connection for another
 * one gets 421 (RFC 9110, section 15.5.20), and opens a connection to that. Requests for an address are served, because load
 * balancers check a server that way. For the loop's thread.
 */
public final class CoveredHosts {

    private static final int DNS_NAME = 2;

    private final NameTable<Boolean> names;

    /** The last field Host that was found to be covered, as octets: a client sends the same one again and again. */
    private byte[] covered = new byte[0];

    private CoveredHosts(X509Certificate certificate) {
        names = new NameTable<>(names(certificate));
    }

    /** Those of a connection; null when it is for all hosts. */
    public static @Nullable CoveredHosts of(@Nullable TlsInfo tls) {
        X509Certificate certificate = tls == null ? null : tls.certificate();
        return certificate == null ? null : new CoveredHosts(certificate);
    }

    private static Map<String, Boolean> names(X509Certificate certificate) {
        Map<String, Boolean> names = new HashMap<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.getFirst() instanceof Integer kind && kind == DNS_NAME) {
                    names.put(String.valueOf(name.get(1)), true);
                }
            }
        } catch (CertificateParsingException e) {
            return Map.of(); // no client has accepted it
        }
        return names;
    }

    /** Whether the request whose head is at the buffer's position is for another host. */
    public boolean isMisdirected(HeadLayout head, ByteBuffer in) {
        int from = in.position() + head.hostStart();
        int to = in.position() + head.hostEnd();
        boolean absolute = !head.hasPath() || in.get(in.position() + head.targetStart()) != '/';
        if (!absolute && covered.length > 0 && Octets.equals(in, from, to, covered)) {
            return false;
        }
        String host = HostName.of(head, in);
        boolean misdirected = !host.isEmpty() && !isAddress(host) && names.find(host) == null;
        if (!misdirected && !absolute) {
            covered = new byte[to - from];
            in.get(from, covered);
        }
        return misdirected;
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }
}
