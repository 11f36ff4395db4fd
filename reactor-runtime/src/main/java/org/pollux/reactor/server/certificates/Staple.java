package org.pollux.reactor.server.certificates;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.tls.CertifiedKey;

/**
 * The OCSP response in the file beside a certificate, which is stapled to it (RFC 6066 section 8). It is checked as a client does, so that
 * no client is told something that it must refuse: the signature, whose certificate it is for, the status, the time. A bad one is not
 * stapled, and the certificate is in force without it.
 */
final class Staple {

    /** A response in force may expire. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private WatchedFiles<ByteBuffer> file = WatchedFiles.ofNewFiles();

    /** What was checked last; null at first. */
    private @Nullable Checked checked;

    private record Checked(
            ServerCertificate certificate,
            ByteBuffer response,
            long at,
            ServerCertificate result,
            Optional<String> problem) {

        boolean isOf(ServerCertificate other, ByteBuffer bytes, long now) {
            return certificate.equals(other) && response.equals(bytes) && now - at < AGAIN.toNanos();
        }

        /** Whether the result is still right, after another check. */
        boolean stands(ServerCertificate other, ByteBuffer bytes) {
            return certificate.equals(other) && response.equals(bytes) && problem.isEmpty();
        }
    }

    /**
     * Looks at the file once, also before its certificate is there: both are in force together then.
     *
     * @param now in nanoseconds
     */
    void look(Path path, long now, boolean atOnce) {
        if (Files.exists(path)) {
            file.look(List.of(path), () -> ByteBuffer.wrap(CertificateReader.bytes(path)), now, atOnce);
        } else {
            file = WatchedFiles.ofNewFiles();
            checked = null;
        }
    }

    /**
     * Returns the certificate, with the response if that is good.
     *
     * @param path of the response
     * @param now in nanoseconds
     * @param today the same by the calendar
     */
    ServerCertificate on(ServerCertificate certificate, Path path, long now, Instant today) {
        Optional<ByteBuffer> response = file.value();
        if (response.isEmpty()) {
            return certificate;
        }
        Checked last = checked;
        if (last == null || !last.isOf(certificate, response.get(), now)) {
            last = check(certificate, response.get(), path, now, today, last);
            checked = last;
        }
        return last.result();
    }

    /** Why no response is stapled. */
    Optional<String> problem() {
        Checked last = checked;
        return file.problem().or(() -> last == null ? Optional.empty() : last.problem());
    }

    private static Checked check(
            ServerCertificate certificate,
            ByteBuffer response,
            Path path,
            long now,
            Instant today,
            @Nullable Checked last) {
        try {
            check(certificate.key(), response, today);
            ServerCertificate stapled =
                    last != null && last.stands(certificate, response) ? last.result() : stapled(certificate, response);
            return new Checked(certificate, response, now, stapled, Optional.empty());
        } catch (BadCertificateException e) {
            String problem = path + ": " + e.getMessage() + ". The certificate is in force without it";
            return new Checked(certificate, response, now, certificate, Optional.of(problem));
        }
    }

    private static ServerCertificate stapled(ServerCertificate certificate, ByteBuffer response) {
        return new ServerCertificate(certificate.origin(), certificate.key().withOcspResponse(response.duplicate()));
    }

    /** The JDK asks no server, because it has a response. */
    private static void check(CertifiedKey certificate, ByteBuffer response, Instant today)
            throws BadCertificateException {
        List<X509Certificate> chain = certificate.chain();
        if (chain.size() < 2) {
            throw new BadCertificateException(
                    "the OCSP response cannot be checked without the issuer of the certificate: put"
                            + " the issuer behind the certificate");
        }
        byte[] bytes = new byte[response.remaining()];
        response.get(response.position(), bytes);
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            var revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
            revocation.setOcspResponses(Map.of(chain.getFirst(), bytes));
            revocation.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.get(1), null)));
            parameters.setDate(Date.from(today));
            parameters.addCertPathChecker(revocation);
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain.getFirst())), parameters);
        } catch (CertPathValidatorException e) {
            throw new BadCertificateException(
                    e.getCause() instanceof CertificateRevokedException
                            ? "the OCSP response says that the certificate is revoked: renew the certificate"
                            : "the OCSP response is refused (" + reason(e)
                                    + "): fetch a new one from the issuer, for this certificate",
                    e);
        } catch (GeneralSecurityException | RuntimeException e) { // the latter for some damaged ones
            throw new BadCertificateException("the OCSP response cannot be checked: " + e.getMessage(), e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause.getCause() instanceof IOException || cause instanceof CertPathValidatorException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
