package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.tck.loop.Recorder;

/** The row about connecting. */
@ParameterizedClass
@EnumSource
class ConnectRowsTest extends RowsTest {

    ConnectRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    @Test
    void netConnect() throws IOException {
        Listener echo =
                reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> Connection::write);
        Recorder handler = new Recorder() {
            @Override
            protected void data(Connection connection, ByteBuffer in) {
                super.data(connection, in);
                connection.close();
            }

            @Override
            protected void closed(Connection connection) {
                echo.close();
            }
        };
        Connection connection = reactor.connect(echo.local(), _ -> handler, Duration.ofSeconds(10));
        connection.write(UTF_8.encode("hello")); // waits until the connection is established
        assertEquals(List.of(), handler.log());
        reactor.run();
        assertEquals(List.of("open", "data", "closed"), handler.log());
        assertEquals("hello", handler.text());
    }

    @Test
    void netConnectThatFails() throws IOException {
        Recorder handler = new Recorder();
        reactor.connect(Site.addressOfNobody(), _ -> handler, Duration.ofSeconds(10));
        reactor.run();
        assertEquals(List.of("closed"), handler.log());
        assertInstanceOf(ConnectException.class, handler.cause().orElseThrow());
    }
}
