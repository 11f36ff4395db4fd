package org.pollux.http.server.h1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pollux.http.server.ClientEnd;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;
import org.pollux.http.server.contract.Client;

/** A client that sends its requests one behind the other, and reads the responses in that order. */
final class Http1Client implements Client {

    private final ClientEnd connection;
    private final StringBuilder received = new StringBuilder();
    private final List<Http1Asked> asked = new ArrayList<>();
    private int answered;
    private boolean held;

    Http1Client(ClientEnd connection) {
        this.connection = connection;
    }

    @Override
    public Asked ask(Ask request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: h\r\n");
        request.fields()
                .forEach(field -> head.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        if (request.length() == Ask.UNKNOWN) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (request.length() == Ask.UPGRADE) {
            head.append("Connection: keep-alive, Upgrade\r\n");
        } else if (request.length() != Ask.NONE) {
            head.append("Content-Length: ").append(request.length()).append("\r\n");
        }
        Http1Asked begun = new Http1Asked(this, request);
        asked.add(begun);
        send(head.append("\r\n").toString());
        return begun;
    }

    void send(String text) {
        connection.send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends nothing more. */
    void finish() {
        connection.finish();
    }

    /** Whether the server sends nothing more. */
    boolean isFinished() {
        return connection.isFinished();
    }

    /** Reads what has come, unless it holds back. */
    void read() {
        if (held) {
            return;
        }
        received.append(new String(connection.taken(), StandardCharsets.ISO_8859_1));
        while (answered < asked.size() && asked.get(answered).parse(received)) {
            answered++;
        }
        if (answered == asked.size() && !received.isEmpty()) {
            throw new AssertionError("More than the responses: " + received);
        }
    }

    @Override
    public void holdBack() {
        read();
        held = true;
        connection.block();
    }

    @Override
    public long waiting() {
        return connection.pending();
    }

    @Override
    public void readOn() {
        held = false;
        connection.drain();
    }

    @Override
    public void goAway() {
        connection.reset();
    }

    @Override
    public void drain() {
        connection.shutDown();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public long charged() {
        return connection.charged();
    }
}
