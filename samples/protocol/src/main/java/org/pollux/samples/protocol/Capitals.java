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

/** Answers every line in capitals. A part of a line is left unread, and presented again with the rest behind it. */
@Component(service = Protocol.class, configurationPid = "pollux.samples.capitals")
@Endpoint("tcp://127.0.0.1:7017")
public final class Capitals implements Protocol, ConnectionHandler {

    @Override
    public ConnectionHandler open(Connection connection) {
        return this; // it has no state, so one serves all connections
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        for (int i = in.position(); i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                byte[] line = new byte[i + 1 - in.position()];
                in.get(line);
                connection.write(UTF_8.encode(new String(line, UTF_8).toUpperCase(Locale.ROOT)));
            }
        }
    }

    /** A changed configuration, another endpoint for instance, keeps the service and its connections. */
    @Modified
    void modified() {}
}
