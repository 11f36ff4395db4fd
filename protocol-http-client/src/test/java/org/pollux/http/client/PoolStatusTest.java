package org.pollux.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.admin.PoolStatus;
import org.pollux.reactor.testkit.Peer;

/** The numbers that an operator sees of a client's connections. */
final class PoolStatusTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @AutoClose
    private final HandServer server = new HandServer(ClientSettings.defaults().connections(1, 1));

    private void shows(int active, int idle, int waiting, long opened, long failed) {
        PoolStatus status = server.client.pool("test");
        assertEquals("test", status.name());
        assertEquals(
                "active " + active + ", idle " + idle + ", waiting " + waiting + ", opened " + opened + ", failed "
                        + failed,
                "active " + status.active() + ", idle " + status.idle() + ", waiting " + status.waiting() + ", opened "
                        + status.opened() + ", failed " + status.failed());
    }

    @Test
    void aConnectionIsActiveThenIdleThenActiveThenGone() {
        shows(0, 0, 0, 0, 0);
        Recorded first = server.get("/first");
        Peer peer = server.acceptRequest();
        shows(1, 0, 0, 1, 0);
        Recorded second = server.get("/second");
        server.turned.settle();
        shows(1, 0, 1, 1, 0);
        peer.send(OK);
        first.ends(200, "ok");
        server.request(peer, 2);
        shows(1, 0, 0, 1, 0);
        peer.send(OK);
        second.ends(200, "ok");
        shows(0, 1, 0, 1, 0);
        peer.closeOutput();
        peer.receivesEnd();
        server.turned.settle();
        shows(0, 0, 0, 1, 0);
    }

    @Test
    void aConnectionThatCannotBeOpenedIsCounted() {
        HandServer gone = new HandServer();
        String url = gone.url("/");
        gone.close();
        server.send(HttpRequest.get(url)).fails(Reason.CONNECT, "127.0.0.1");
        shows(0, 0, 0, 0, 1);
    }
}
