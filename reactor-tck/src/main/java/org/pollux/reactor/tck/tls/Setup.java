package org.pollux.reactor.tck.tls;

import org.pollux.reactor.tls.TlsVersion;

/** Which side is tested, with which version of the protocol. Most rules hold for all four. */
enum Setup {
    SERVER_1_2(true, TlsVersion.TLS_1_2),
    SERVER_1_3(true, TlsVersion.TLS_1_3),
    CLIENT_1_2(false, TlsVersion.TLS_1_2),
    CLIENT_1_3(false, TlsVersion.TLS_1_3);

    private final boolean server;
    private final TlsVersion version;

    Setup(boolean server, TlsVersion version) {
        this.server = server;
        this.version = version;
    }

    boolean isServer() {
        return server;
    }

    TlsVersion version() {
        return version;
    }
}
