package org.pollux.reactor.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that were free a moment ago, and that the system does not choose for others soon. */
final class FreePorts {

    private final List<Integer> ports = new ArrayList<>();

    FreePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
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
