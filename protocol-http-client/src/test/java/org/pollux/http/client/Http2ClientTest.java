package org.pollux.http.client;

/** The contract by HTTP/2. */
class Http2ClientTest extends ClientContract {

    Http2ClientTest() {
        super(HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);
    }

    @Override
    ServerSide side(HandServer server) {
        return new Http2ServerSide(server);
    }
}
