package org.pollux.http.client.websocket;

import org.pollux.http.client.HandServer;
import org.pollux.reactor.Reactor;

/** Over a connection of its own, which has begun as HTTP/1.1. */
final class UpgradedMessagesTest extends MessagesContract {

    @Override
    ReactorWebSocketClient client(Reactor reactor) {
        return new ReactorWebSocketClient(reactor);
    }

    @Override
    WebSocketPeer peer(HandServer on) {
        return new HandPeer(on);
    }
}
