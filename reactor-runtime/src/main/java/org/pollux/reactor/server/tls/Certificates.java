package org.pollux.reactor.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.pollux.reactor.server.certificates.CertificateFolder;
import org.pollux.reactor.server.certificates.ServerCertificate;
import org.pollux.reactor.tls.CertificateSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates in force: those of the folder, and those that services bring. From any thread. */
final class Certificates {

    /** What expires within this time is told. */
    static final Duration SOON = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final CertificateFolder folder;
    private final InstantSource calendar;
    private final Map<CertificateSource, Brought> sources = new ConcurrentHashMap<>();

    /** What a service has brought, and why not more. */
    private record Brought(int ranking, List<ServerCertificate> certificates, String problem) {}

    Certificates(Path path, InstantSource calendar) {
        this.folder = new CertificateFolder(path, calendar);
        this.calendar = calendar;
    }

    /** Looks at the files; for one thread at a time. */
    synchronized void turn(long now, boolean atOnce) {
        folder.turn(now, atOnce);
    }

    /** A service has come, or has something else. */
    void offer(CertificateSource source, int ranking, String name) {
        Brought before = sources.get(source);
        Brought now;
        try {
            now = new Brought(
                    ranking,
                    source.certificates().stream()
                            .map(key -> new ServerCertificate(name, key))
                            .toList(),
                    "");
        } catch (IOException | RuntimeException e) {
            String problem = "The certificates of " + name + " cannot be had: " + e.getMessage()
                    + (before == null ? "" : ". Those before stay in force");
            LOG.warn(problem, e);
            now = new Brought(ranking, before == null ? List.of() : before.certificates(), problem);
        }
        sources.put(source, now);
    }

    void withdraw(CertificateSource source) {
        sources.remove(source);
    }

    /** All of them by ranking, which is 0 for the folder; the first one serves clients that ask for no name. */
    List<ServerCertificate> inForce() {
        List<Brought> all = new ArrayList<>(sources.values());
        all.add(new Brought(0, folder.inForce(), ""));
        return all.stream()
                .sorted(Comparator.comparingInt(Brought::ranking).reversed())
                .flatMap(brought -> brought.certificates().stream())
                .toList();
    }

    /** What is refused, and what expires. */
    Stream<String> problems() {
        Instant now = calendar.instant();
        return Stream.of(
                        folder.problems().stream(),
                        sources.values().stream().map(Brought::problem).filter(problem -> !problem.isEmpty()),
                        inForce().stream().flatMap(certificate -> expiry(certificate, now)))
                .flatMap(lines -> lines);
    }

    private static Stream<String> expiry(ServerCertificate certificate, Instant now) {
        Duration left = Duration.between(now, certificate.end());
        String what = (certificate.endsFirst().equals(certificate.leaf())
                        ? "the certificate "
                        : "the issuer " + certificate.endsFirst().getSubjectX500Principal() + " in the chain of ")
                + certificate.origin();
        if (left.isNegative()) {
            return Stream.of(what + " has expired at " + certificate.end() + ", and clients refuse it: renew it");
        }
        return left.compareTo(SOON) > 0
                ? Stream.empty()
                : Stream.of(what + " expires in "
                        + (left.toDays() == 0 ? left.toHours() + " hours" : left.toDays() + " days") + ", at "
                        + certificate.end() + ": renew it");
    }
}
