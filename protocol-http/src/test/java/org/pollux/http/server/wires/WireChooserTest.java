package org.pollux.http.server.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pollux.http.server.HandServer;
import org.pollux.http.server.h1.Http1Connection;
import org.pollux.http.server.h2.Http2Connection;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.testkit.HandConnection;
import org.pollux.reactor.testkit.HandReactor;
import org.pollux.reactor.tls.TlsInfo;
import org.pollux.reactor.tls.TlsVersion;

/** Which wire a client speaks: by what its TLS handshake has selected, or by its first bytes. */
class WireChooserTest {

    private final WireChooser chooser = new WireChooser(new RouteRegistry(), HttpSettings.defaults());

    /** The handler of a connection whose handshake has selected a protocol. */
    private ConnectionHandler selected(@Nullable String alpn) {
        TlsInfo info = new TlsInfo(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256", alpn, null, null, List.of(), false);
        HandConnection plain = new HandConnection(new HandReactor(), _ -> (connection, in) -> {});
        return chooser.open((Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("tls") ? Optional.of(info) : method.invoke(plain, arguments)));
    }

    @Test
    void theHandshakeSelects() {
        assertInstanceOf(Http2Connection.class, selected("h2"));
        assertInstanceOf(Http1Connection.class, selected("http/1.1"));
        assertInstanceOf(Http1Connection.class, selected(null));
    }

    @Test
    void thePrefaceSelects() {
        HandServer server = new HandServer().withText("/a");
        HandConnection client = server.connect().receive("PRI * HTTP");
        assertEquals("", client.takeSent());
        client.receive("/2.0\r\n\r\nSM\r\n\r\n");
        server.reactor.settle();
        assertEquals(4, client.takeSentBytes()[3]); // SETTINGS
    }

    @Test
    void aServerThatEndsInTheMiddleOfThePrefaceSaysSoByHttp2() {
        HandServer server = new HandServer().withText("/a");
        HandConnection client = server.connect().receive("PRI * HTTP");
        client.shutDown();
        client.receive("/2.0\r\n\r\nSM\r\n\r\n");
        server.reactor.settle();
        assertTrue(typesOfFrames(client.takeSentBytes()).contains(7)); // GOAWAY
    }

    private static List<Integer> typesOfFrames(byte[] sent) {
        List<Integer> types = new ArrayList<>();
        ByteBuffer frames = ByteBuffer.wrap(sent);
        while (frames.hasRemaining()) {
            int head = frames.getInt();
            types.add(head & 0xff);
            frames.position(frames.position() + 5 + (head >>> 8));
        }
        return types;
    }

    @Test
    void onlyTheFirstLineSelects() {
        HandServer server = new HandServer().withText("/a");
        HandConnection client = server.connect().receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\nPRI * HTTP/2.0\r\n\r\n");
        server.reactor.settle();
        assertEquals(HandServer.ok("/a") + HandServer.refusal(505), client.takeSent());
    }
}
