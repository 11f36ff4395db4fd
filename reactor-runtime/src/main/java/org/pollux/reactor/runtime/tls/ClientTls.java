package org.pollux.reactor.runtime.tls;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.runtime.net.Stage;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.Transport;

/** Puts TLS into one connection that this side opens. */
public final class ClientTls implements StageFactory {

    private final ConnectOptions.Tls tls;
    private final int port;
    private final Duration timeout;

    private ClientTls(ConnectOptions.Tls tls, int port, Duration timeout) {
        this.tls = tls;
        this.port = port;
        this.timeout = timeout;
    }

    /** The stages of a connection with these options: this one, or none. */
    public static List<StageFactory> stages(ConnectOptions options, SocketAddress server) {
        ConnectOptions.Tls tls = options.tls();
        if (tls == null) {
            return List.of();
        }
        int port = server instanceof InetSocketAddress address ? address.getPort() : 0;
        return List.of(new ClientTls(tls, port, options.timeout().isZero() ? HANDSHAKE_TIMEOUT : options.timeout()));
    }

    @Override
    public String name() {
        return "TLS";
    }

    @Override
    public Duration handshakeTimeout() {
        return timeout;
    }

    @Override
    public Stage open(StageContext context, Transport below) {
        return new ClientTlsStage(context, below, tls, port);
    }
}
