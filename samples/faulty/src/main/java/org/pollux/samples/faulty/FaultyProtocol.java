package org.pollux.samples.faulty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;

/**
 * A line {@code sleep SECONDS}, {@code stick SECONDS} (which ignores interruptions) or {@code spin} holds up the loop
 * of its connection. Any other line is sent back.
 */
@Component(service = Protocol.class, configurationPid = "pollux.samples.faulty")
@Endpoint("tcp://127.0.0.1:7099")
public final class FaultyProtocol implements Protocol, ConnectionHandler {

    @Override
    public ConnectionHandler open(Connection connection) {
        return this;
    }

    @Override
    public void onData(Connection connection, ByteBuffer in) {
        String line = UTF_8.decode(in).toString().strip();
        if (line.equals("spin")) {
            Fault.spin();
        } else if (line.matches("sleep [0-9]{1,4}")) {
            Fault.sleep(seconds(line));
        } else if (line.matches("stick [0-9]{1,4}")) {
            Fault.stick(seconds(line));
        }
        connection.write(UTF_8.encode(line + "\n"));
    }

    private static Duration seconds(String line) {
        return Duration.ofSeconds(Integer.parseInt(line.substring(6)));
    }

    /** Lets a change of the endpoint keep the service. The runtime handles the change. */
    @Modified
    void modified() {}
}
