package org.pollux.reactor.tls.openssl;

import java.util.EnumSet;
import java.util.Set;
import org.pollux.reactor.tls.TlsClientContext;
import org.pollux.reactor.tls.TlsClientSettings;
import org.pollux.reactor.tls.TlsEngine;
import org.pollux.reactor.tls.TlsFeature;
import org.pollux.reactor.tls.TlsServerContext;
import org.pollux.reactor.tls.TlsServerSettings;

/**
 * Encrypts with OpenSSL 3, the library of the system.
 *
 * <p>May be used from any thread. It needs a flag of the JVM: {@code --enable-native-access=ALL-UNNAMED}. The library is found
 * under its usual name, or in the folder that the system property {@code pollux.openssl.folder} names.
 */
public final class OpenSslEngine implements TlsEngine, AutoCloseable {

    static final String NAME = "openssl";

    private final String version;
    private final Workspaces workspaces = new Workspaces();

    /**
     * Finds the library and tests it.
     *
     * @throws OpenSslUnavailableException when it cannot work here; the message names the package to install or the flag to
     *     pass
     */
    public OpenSslEngine() {
        requireAccess();
        this.version = OpenSslLibrary.load().version();
        SelfTest.run();
    }

    private static void requireAccess() {
        Module own = OpenSslEngine.class.getModule();
        if (!own.isNativeAccessEnabled()) {
            throw new OpenSslUnavailableException("calls of C functions are not enabled; pass --enable-native-access="
                    + (own.isNamed() ? own.getName() : "ALL-UNNAMED") + " to the JVM");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The library's version: {@code "OpenSSL 3.0.19 27 Jan 2026"}. */
    @Override
    public String description() {
        return version;
    }

    @Override
    public Set<TlsFeature> features() {
        return EnumSet.allOf(TlsFeature.class);
    }

    /** A session is an {@code SSL*}; what is unread and unsent is in its BIOs. */
    @Override
    public String sessionForm() {
        return "SSL* of " + version + ", form 1";
    }

    @Override
    public TlsServerContext server(TlsServerSettings settings) {
        return new OpenSslServerContext(settings, workspaces);
    }

    @Override
    public TlsClientContext client(TlsClientSettings settings) {
        return new OpenSslClientContext(settings, workspaces);
    }

    /** Releases the buffers of the threads. Sessions that are open continue. */
    @Override
    public void close() {
        workspaces.close();
    }
}
