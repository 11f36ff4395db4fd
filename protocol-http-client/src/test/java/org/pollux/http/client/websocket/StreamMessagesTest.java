package org.pollux.http.client.websocket;

import org.pollux.http.client.HandServer;
import org.pollux.reactor.Reactor;

/** Over a stream of an HTTP/2 connection. */
final class StreamMessagesTest extends MessagesContract {

    @Override
    ReactorWebSocketClient client(Reactor reactor) {
        return StreamPeer.client(StreamPeer.http(reactor));
    }

    @Override
    WebSocketPeer peer(HandServer on) {
        return new StreamPeer(on);
    }
}
