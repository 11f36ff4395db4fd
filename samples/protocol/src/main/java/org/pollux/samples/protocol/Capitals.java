package org.pollux.samples.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.framing.FrameResponder;
import org.pollux.reactor.framing.Framing;

/** Sends every line back in capitals. It stops reading while the client does not read. */
@Component(service = Protocol.class, configurationPid = "pollux.samples.capitals")
@Endpoint("tcp://127.0.0.1:7017")
public final class Capitals implements Protocol {

    private static final Framing LINES = Framing.delimitedBy(8192, "\n");

    private static final FrameResponder CAPITALS =
            FrameResponder.stateless((client, line) -> client.write(capitals(line)));

    @Override
    public ConnectionHandler open(Connection connection) {
        return LINES.responding(CAPITALS);
    }

    /** Continues connections of the version before: an update of this bundle keeps them. */
    @Override
    public ConnectionHandler adopt(Connection connection, ByteBuffer state) {
        return LINES.responding(CAPITALS, state);
    }

    private static ByteBuffer capitals(ByteBuffer line) {
        return UTF_8.encode(UTF_8.decode(line).toString().toUpperCase(Locale.ROOT) + "\n");
    }

    /** Lets a change of the configuration, such as another endpoint, keep the service and its connections. */
    @Modified
    void modified() {}
}
