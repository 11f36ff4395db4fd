package org.pollux.reactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.DatagramPort;
import org.pollux.reactor.Listener;
import org.pollux.reactor.testkit.Peer;
import org.pollux.reactor.testkit.Recorder;
import org.pollux.reactor.testkit.TurnedReactor;

/** Case 47: bound addresses, with waiting connections and datagrams. */
interface SwapListenerRules extends SwapRules {

    @Test
    default void case47_aListenersBacklogIsAccepted() {
        List<Recorder> accepted = new ArrayList<>();
        try (Listener listener = bench().listen(connection -> {
            accepted.add(new Recorder());
            return accepted.getLast();
        })) {
            for (int i = 0; i < 100; i++) {
                bench().dial(listener.local());
            }
            bench().swap();
            bench().turnUntil("all are accepted", () -> accepted.size() == 100);
            Peer late = bench().dial(listener.local()).send("and later ones");
            bench().turnUntil("it comes", () -> accepted.getLast().text().equals("and later ones"));
            assertTrue(late.isConnected());
            assertEquals(101, accepted.size());
        }
    }

    @Test
    default void case47_aListenerClosedAfterwardsListensNoMore() throws IOException {
        Listener listener = bench().listen(connection -> new Recorder());
        SocketAddress address = listener.local();
        assertEquals(1, bench().swap());
        listener.close();
        bench().settle();
        try (SocketChannel late = SocketChannel.open()) {
            assertThrows(ConnectException.class, () -> late.connect(address));
        }
        assertEquals(0, bench().swap(), "nothing is left to move");
    }

    @Test
    default void case47_datagramsThatWaitAreReceived() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        try (DatagramPort port = bench().reactor()
                        .bind(TurnedReactor.anyPort(), (at, data, from) -> sizes.add(data.remaining()));
                DatagramChannel sender = DatagramChannel.open()) {
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, sender.send(ByteBuffer.allocate(i), port.local()));
            }
            assertEquals(1, bench().swap());
            bench().settle();
            assertEquals(List.of(1, 2, 3), sizes);
        }
    }
}
