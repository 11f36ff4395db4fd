package org.pollux.reactor.server;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that were free a moment ago on every address, and that the system does not give to connections. */
final class FreePorts {

    /** Below the range from which Linux takes the ports of connections ({@code ip_local_port_range}). */
    private static final int FIRST = 12_000;

    private static final int LAST = 30_000;
    private static final int TRIES = 1_000;

    private final List<Integer> ports = new ArrayList<>();

    FreePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int tries = 0; sockets.size() < count && tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try {
                sockets.add(new ServerSocket(port));
                ports.add(port);
            } catch (BindException _) {
                // another one, then
            }
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    int port(int index) {
        return ports.get(index);
    }

    String endpoint(int index) {
        return "tcp://127.0.0.1:" + port(index);
    }
}
