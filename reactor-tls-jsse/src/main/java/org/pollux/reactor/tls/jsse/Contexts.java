package org.pollux.reactor.tls.jsse;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.pollux.reactor.tls.TlsVersion;
import org.pollux.reactor.tls.base.SecureDefaults;

/** Makes the JDK's contexts and parameters. */
final class Contexts {

    private Contexts() {}

    /** One whose managers ask the session at work. */
    static SSLContext newContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Keys()}, new TrustManager[] {new Peers()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }

    /** Zero means "for ever" there, so a part of a second counts as one. */
    static void setTimeout(SSLSessionContext sessions, Duration resumption) {
        sessions.setSessionTimeout(Math.clamp(resumption.plusMillis(999).toSeconds(), 1, Integer.MAX_VALUE));
    }

    static SSLParameters parameters(TlsVersion oldest, TlsVersion newest, List<String> suites) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(Stream.of(TlsVersion.values())
                .filter(version -> version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0)
                .map(TlsVersion::toString)
                .toArray(String[]::new));
        parameters.setCipherSuites((suites.isEmpty() ? SecureDefaults.CIPHER_SUITES : suites).toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(!suites.isEmpty());
        parameters.setNamedGroups(SecureDefaults.GROUPS.toArray(String[]::new));
        return parameters;
    }

    /**
     * Tries them, because the JDK refuses them only when an engine gets them.
     *
     * @throws IllegalArgumentException which says what cannot be used
     */
    static void check(SSLContext context, SSLParameters parameters) {
        List<String> known = List.of(context.getSupportedSSLParameters().getCipherSuites());
        for (String suite : parameters.getCipherSuites()) {
            if (!known.contains(suite)) {
                throw new IllegalArgumentException("The cipher suite " + suite
                        + " is not known to the JDK; known ones are, for example, " + SecureDefaults.CIPHER_SUITES);
            }
        }
        context.createSSLEngine().setSSLParameters(parameters);
    }
}
