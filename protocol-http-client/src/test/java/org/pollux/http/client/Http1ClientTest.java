package org.pollux.http.client;

/** The contract by HTTP/1.1. */
class Http1ClientTest extends ClientContract {

    Http1ClientTest() {
        super(HttpVersions.HTTP_1_1);
    }

    @Override
    ServerSide side(HandServer server) {
        return new Http1ServerSide(server);
    }
}
