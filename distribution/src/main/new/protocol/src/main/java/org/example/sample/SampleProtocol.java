package org.example.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.framing.Framing;

/** Greets: a client sends a name and a line feed, and gets a line with a greeting. */
@Component(service = Protocol.class, configurationPid = "org.example.sample")
@Endpoint("tcp://127.0.0.1:7070")
public final class SampleProtocol implements Protocol {

    /** A longer name aborts the connection, so no client makes the server keep an endless one. */
    private static final Framing NAMES = Framing.delimitedBy(1000, "\n");

    /** Called for each new connection. This handler has no state of its own, so all connections could share one. */
    @Override
    public ConnectionHandler open(Connection connection) {
        return NAMES.responding((client, name) -> client.write(greeting(name)));
    }

    private static ByteBuffer greeting(ByteBuffer name) {
        return UTF_8.encode("Hello, " + UTF_8.decode(name).toString().strip() + "!\n");
    }

    /** Lets a change of the configuration, such as another endpoint, keep the service and its connections. */
    @Modified
    void modified() {}
}
