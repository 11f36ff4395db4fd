package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.ServedPath;

/** Endpoints, connections and routes, as they are printed. */
final class TrafficReportTest {

    private record FixedConnection(
            long id,
            State state,
            String loop,
            SocketAddress local,
            SocketAddress remote,
            String owner,
            Duration age,
            Duration idle,
            long bytesRead,
            long bytesWritten,
            long held)
            implements ConnectionStatus {}

    private static ConnectionStatus connection(long id, String remote, String owner) {
        return new FixedConnection(
                id,
                ConnectionStatus.State.OPEN,
                "pollux-loop-0",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080),
                new InetSocketAddress(InetAddress.ofLiteral(remote), 50_000),
                owner,
                Duration.ofSeconds(187),
                Duration.ofSeconds(2),
                500,
                5 << 20,
                0);
    }

    @Test
    void connectionsAreATableAndTheRestIsTold() {
        ConnectionList list = new ConnectionList(
                List.of(
                        connection(9, "192.0.2.1", "org.acme.shop at tcp://127.0.0.1:8080"),
                        connection(10, "2001:db8::1", "")),
                10_004,
                List.of());
        assertEquals("""
                id  remote                        state    age  idle     in      out  held  loop           served by
                 9  192.0.2.1:50000               open   3m 7s    2s  500 B  5.0 MiB   0 B  pollux-loop-0  org.acme.shop at tcp://127.0.0.1:8080
                10  [2001:db8:0:0:0:0:0:1]:50000  open   3m 7s    2s  500 B  5.0 MiB   0 B  pollux-loop-0  (opened by a handler)

                2 of 10004 connections are listed; 'connections -n N' lists more
                """, TrafficReport.connections(list));
    }

    @Test
    void aLoopThatDidNotRespondIsTold() {
        assertEquals(
                """
                no connection
                ! pollux-loop-0 is held up for 3 s by org.acme; its connections are not listed
                """,
                TrafficReport.connections(
                        new ConnectionList(List.of(), 3, List.of("pollux-loop-0 is held up for 3 s by org.acme"))));
    }

    @Test
    void aClosedConnectionIsNamed() {
        assertEquals(
                "connection 9 from 192.0.2.1:50000 is closed after 3m 7s; what waits to be sent is still sent",
                TrafficReport.closed(connection(9, "192.0.2.1", "x")));
    }

    @Test
    void endpointsHaveTheirProblemsBelow() {
        assertEquals(
                """
                endpoint            state   connections  accepted  protocol
                tcp://127.0.0.1:80  failed            0         0  org.pollux.protocol-echo
                ! tcp://127.0.0.1:80: not permitted
                """,
                TrafficReport.endpoints(StatusReportTest.status(
                        Duration.ZERO,
                        StatusReportTest.LOOP,
                        List.of(StatusReportTest.endpoint(
                                "tcp://127.0.0.1:80",
                                EndpointStatus.State.FAILED,
                                Optional.empty(),
                                0,
                                Optional.of("not permitted"))))));
    }

    @Test
    void routesNameTheirBundleTheirThreadAndTheirFilters() {
        assertEquals(
                """
                path              methods  bundle         thread   filters
                /                 GET      org.acme.home  loop     access-log gzip
                acme.org/upload/  all      org.acme.shop  its own                   waiting for its handler
                """,
                TrafficReport.routes(List.of(
                        new ServedPath(
                                "/",
                                List.of("GET"),
                                List.of(),
                                "org.acme.home",
                                "Home",
                                List.of("access-log", "gzip"),
                                false,
                                false),
                        new ServedPath(
                                "/upload/",
                                List.of("*"),
                                List.of("acme.org"),
                                "org.acme.shop",
                                "Up",
                                List.of(),
                                true,
                                true))));
        assertEquals("no route: no HTTP handler is there\n", TrafficReport.routes(List.of()));
    }
}
