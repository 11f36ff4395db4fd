package org.pollux.samples.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.Connection;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Recorder;

/** The row about connecting. */
@ParameterizedClass
@EnumSource
class ConnectRowsTest extends RowsTest {

    ConnectRowsTest(Backends backend) throws IOException {
        super(backend);
    }

    @Test
    void netConnect() throws IOException {
        Caller handler = new Caller();
        Connection connection = reactor.connect(handler.echo.local(), handler);
        connection.write(UTF_8.encode("hello")); // waits until the connection is established
        assertEquals(List.of(), handler.log());
        reactor.run();
        assertEquals(List.of("open", "data", "closed"), handler.log());
        assertEquals("hello", handler.text());
    }

    @Test
    void netConnectToAName() throws IOException {
        Caller handler = new Caller();
        int port = ((InetSocketAddress) handler.echo.local()).getPort();
        SocketAddress server = InetSocketAddress.createUnresolved("localhost", port);
        reactor.connect(server, handler).write(UTF_8.encode("hello"));
        reactor.run();
        assertEquals("hello", handler.text());
    }

    @Test
    void netConnectThatFails() throws IOException {
        Recorder handler = new Recorder();
        reactor.connect(Site.addressOfNobody(), handler, ConnectOptions.DEFAULTS.withTimeout(Duration.ofSeconds(2)));
        reactor.run();
        assertEquals(List.of("closed"), handler.log());
        assertInstanceOf(ConnectException.class, handler.cause().orElseThrow());
    }

    /** Ends its connection and the server when it has heard the echo. */
    private final class Caller extends Recorder {

        private final Listener echo;

        Caller() throws IOException {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            echo = reactor.listen(any, _ -> Connection::write);
        }

        @Override
        protected void data(Connection connection, ByteBuffer in) {
            super.data(connection, in);
            connection.close();
        }

        @Override
        protected void closed(Connection connection) {
            echo.close();
        }
    }
}
