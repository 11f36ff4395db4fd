package org.pollux.benchmarks.servers;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** HTTP/2 with TLS, on a port of its own, when the run has a certificate: the property names a file with it and its key. */
final class Tls {

    /** The certificate and its key, or null. */
    static final String FILE = System.getProperty("certificate");

    private static final int ABOVE = 600;

    private Tls() {}

    static boolean isWanted() {
        return FILE != null;
    }

    /** The port beside the one without TLS. */
    static int port(int plain) {
        return plain + ABOVE;
    }

    /** By OpenSSL, which costs less than the JDK's own. */
    static SslContext openSsl() throws SSLException {
        return builder(SslProvider.OPENSSL)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2))
                .build();
    }

    static SSLContext jdk() throws SSLException {
        return ((JdkSslContext) builder(SslProvider.JDK).build()).context();
    }

    private static SslContextBuilder builder(SslProvider provider) {
        File file = new File(FILE);
        return SslContextBuilder.forServer(file, file).sslProvider(provider).protocols("TLSv1.3");
    }
}
