package org.pollux.reactor.runtime.proxy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Handle;
import org.pollux.reactor.ProxyInfo;
import org.pollux.reactor.runtime.net.StageContext;
import org.pollux.reactor.runtime.net.Transport;

/** Reads the PROXY header of one connection. For the loop's thread. */
final class ProxyStage extends PreludeStage {

    private final Handle deadline;
    private boolean late;

    /** Has a deadline of its own, because that of TLS above is later. */
    ProxyStage(StageContext context, Transport below) {
        super(context, below, "The PROXY header", 256, ProxyHeader.LONGEST);
        this.deadline = context.connection().reactor().after(ProxyStages.TIMEOUT, _ -> {
            late = true;
            context.proceed();
        });
    }

    @Override
    protected boolean shake() throws IOException {
        if (late) {
            throw new SocketTimeoutException(
                    "The PROXY header did not come within " + ProxyStages.TIMEOUT.toSeconds() + " s");
        }
        return super.shake();
    }

    @Override
    boolean take(ByteBuffer received) throws IOException {
        ProxyHeader header = ProxyHeader.read(received.duplicate());
        if (header == null) {
            return false;
        }
        received.position(header.length());
        deadline.close();
        tell(header);
        return true;
    }

    private void tell(ProxyHeader header) {
        Connection connection = context.connection();
        ProxyHeader.Route route = header.route();
        ProxyFields fields = header.fields();
        context.relayed(
                new ProxyInfo(
                        route != null,
                        connection.remote(),
                        connection.local(),
                        fields.alpn(),
                        fields.authority(),
                        fields.tls()),
                route == null ? connection.remote() : route.client(),
                route == null ? connection.local() : route.destination());
    }

    @Override
    public void free() {
        deadline.close();
        super.free();
    }
}
