package org.pollux.http.server;

import org.pollux.reactor.testkit.HandConnection;

/** An end without a socket. */
public record HandEnd(HandConnection connection) implements ClientEnd {

    @Override
    public void send(byte[] bytes) {
        connection.receive(bytes);
    }

    @Override
    public void finish() {
        connection.receiveEnd();
    }

    @Override
    public boolean isFinished() {
        return connection.isFinished();
    }

    @Override
    public byte[] taken() {
        return connection.takeSentBytes();
    }

    @Override
    public void block() {
        connection.block();
    }

    @Override
    public void drain() {
        connection.drain();
    }

    @Override
    public void reset() {
        connection.reset();
    }

    @Override
    public void shutDown() {
        connection.shutDown();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public long pending() {
        return connection.pending();
    }

    @Override
    public long charged() {
        return connection.charged();
    }
}
