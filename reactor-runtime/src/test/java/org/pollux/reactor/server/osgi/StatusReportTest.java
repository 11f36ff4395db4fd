package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.DescriptorStatus;
import org.pollux.reactor.admin.EndpointStatus;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.MemoryStatus;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.WebSocketStatus;

final class StatusReportTest {

    record FixedServer(
            String version,
            ServerStatus.State state,
            Duration uptime,
            String backend,
            List<BackendStatus> backends,
            List<LoopStatus> loops,
            List<EndpointStatus> endpoints,
            List<LimitStatus> limits,
            MemoryStatus memory,
            DescriptorStatus descriptors,
            List<String> faults)
            implements ServerStatus {}

    record FixedLoop(
            String name,
            String backend,
            int sources,
            int connections,
            long turns,
            long bytesRead,
            long bytesWritten,
            Optional<String> heldUp,
            long timesHeldUp)
            implements LoopStatus {}

    record FixedEndpoint(
            String endpoint,
            String protocol,
            EndpointStatus.State state,
            Optional<SocketAddress> local,
            int connections,
            long accepted,
            Optional<String> problem)
            implements EndpointStatus {}

    record FixedMemory(long used, long most, long limit, boolean full, long slowReaders, long slowSenders)
            implements MemoryStatus {}

    record FixedDescriptors(int open, int limit, int kept, boolean full, long timesFull) implements DescriptorStatus {}

    static ServerStatus status(Duration uptime, LoopStatus loop, List<EndpointStatus> endpoints) {
        return new FixedServer(
                "1.2.3",
                ServerStatus.State.RUNNING,
                uptime,
                "nio",
                List.of(
                        new BackendStatus("libevent", "libevent 2.1.12 (epoll)", BackendStatus.State.READY),
                        new BackendStatus("nio", "Selector, Java 25", BackendStatus.State.POLLS),
                        new BackendStatus("uring", "Linux 6.1 is needed", BackendStatus.State.MISSING)),
                List.of(loop),
                endpoints,
                endpoints.isEmpty() ? List.of() : List.of(new LimitStatus("bodyLimit (413)", 12, "org.pollux.http")),
                endpoints.isEmpty() ? MEMORY : new FixedMemory(3 << 20, 32 << 20, 32 << 20, true, 120, 3),
                new FixedDescriptors(143, 200, 64, false, 0),
                endpoints.isEmpty() ? List.of() : List.of("bodyLimit = 1O0 in pollux.http is refused"));
    }

    static EndpointStatus endpoint(
            String endpoint, State state, Optional<Integer> port, int connections, Optional<String> problem) {
        return new FixedEndpoint(
                endpoint,
                "org.pollux.protocol-echo",
                state,
                port.map(bound -> new InetSocketAddress(bound)),
                connections,
                2L * connections,
                problem);
    }

    private static final MemoryStatus MEMORY = new FixedMemory(512, 1024, 32 << 20, false, 0, 0);

    static final LoopStatus LOOP = new FixedLoop("pollux-loop-0", "nio", 3, 12, 1000, 0, 0, Optional.empty(), 0);

    @Test
    void itIsMadeOfTables() {
        ServerStatus before = status(Duration.ofSeconds(187), LOOP, List.of());
        ServerStatus now = status(
                Duration.ofMillis(187_250),
                new FixedLoop("pollux-loop-0", "nio", 3, 12, 1300, 500, 5 * 1024 * 1024, Optional.empty(), 0),
                List.of(
                        endpoint("tcp://127.0.0.1:0", State.OPEN, Optional.of(40001), 1234, Optional.empty()),
                        endpoint(
                                "tcp://127.0.0.1:80",
                                State.FAILED,
                                Optional.empty(),
                                0,
                                Optional.of("not permitted"))));
        assertEquals("""
                Pollux 1.2.3 on framework 7.0.5, running, up 3m 7s

                backend
                libevent  ready    libevent 2.1.12 (epoll)
                nio       polls    Selector, Java 25
                uring     missing  Linux 6.1 is needed

                loop           backend  connections  turns/s     in/s     out/s     in      out
                pollux-loop-0  nio               12     1200  2.0 KiB  20.0 MiB  500 B  5.0 MiB

                endpoint                   state   connections  accepted  protocol
                tcp://127.0.0.1:0 (40001)  open           1234      2468  org.pollux.protocol-echo
                tcp://127.0.0.1:80         failed            0         0  org.pollux.protocol-echo

                memory of connections: 3.0 MiB of 32.0 MiB, at most 32.0 MiB; shed: 120 slow readers, 3 slow senders
                descriptors: 143 of 200 open, 64 kept back from connections

                limit met        times  by
                bodyLimit (413)     12  org.pollux.http

                ! tcp://127.0.0.1:80: not permitted
                ! bodyLimit = 1O0 in pollux.http is refused
                """, new StatusReport("framework 7.0.5", before, now).toString());
    }

    @Test
    void itSaysWhatIsMissing() {
        ServerStatus empty = new FixedServer(
                "1.2.3",
                ServerStatus.State.STARTING,
                Duration.ofDays(3).plusHours(4),
                "none",
                List.of(),
                List.of(LOOP),
                List.of(),
                List.of(),
                MEMORY,
                new FixedDescriptors(0, Integer.MAX_VALUE, 0, false, 0),
                List.of());
        assertEquals("""
                Pollux 1.2.3 on framework 7.0.5, starting, up 3d 4h

                no backend polls: the loops are parked, and the kernel keeps all input until one does

                loop           backend  connections  turns/s  in/s  out/s   in  out
                pollux-loop-0  nio               12        0   0 B    0 B  0 B  0 B

                no endpoint: no protocol is there

                memory of connections: 512 B of 32.0 MiB, at most 1.0 KiB
                """, new StatusReport("framework 7.0.5", empty, empty).toString());
    }

    @Test
    void itSaysWhichLoopIsHeldUpAndHowOftenOthersWere() {
        LoopStatus free = new FixedLoop("pollux-loop-1", "nio", 3, 12, 1000, 0, 0, Optional.empty(), 2);
        LoopStatus held =
                new FixedLoop("pollux-loop-2", "nio", 3, 12, 1000, 0, 0, Optional.of("held up 12 s by org.acme"), 1);
        ServerStatus now = new FixedServer(
                "1.2.3",
                ServerStatus.State.RUNNING,
                Duration.ofDays(1),
                "nio",
                List.of(),
                List.of(LOOP, free, held),
                List.of(),
                List.of(),
                new FixedMemory(3 << 20, 32 << 20, 32 << 20, true, 120, 3),
                new FixedDescriptors(143, 200, 64, false, 0),
                List.of());
        String text = new StatusReport("framework 7.0.5", now, now).toString();
        assertTrue(text.contains("in  out  held up\n"), text);
        assertTrue(text.contains("0 B  0 B      2 x\n"), text);
        assertTrue(text.contains("0 B  0 B      now\n"), text);
        String loops = StatusReport.loops(now);
        assertTrue(loops.contains("held up 12 s by org.acme\n"), loops);
        assertTrue(loops.contains("serves\n"), loops);
    }

    private record Sockets(String name, int open, long received, long sent, long messageBytes, long compressionBytes)
            implements WebSocketStatus {}

    @Test
    void itSaysWhatWebSocketConnectionsDoAndHold() {
        assertEquals(
                "WebSocket connections: 3, messages: 4 in, 5 out; they hold 6 B of messages in part, 256.0 KiB for"
                        + " compression\n",
                StatusReport.webSockets(new Sockets("pollux.http.websocket", 3, 4, 5, 6, 256 * 1024)));
    }
}
