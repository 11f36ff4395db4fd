package org.pollux.http.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.pollux.reactor.testkit.HandConnection;

/** A request to a {@link HandlerKit}, before it is sent. */
public final class Call {

    private final HandlerKit kit;
    private final String method;
    private final StringBuilder head = new StringBuilder();
    private byte[] body = {};
    private int piece = 64 * 1024;

    Call(HandlerKit kit, String method, String target) {
        this.kit = kit;
        this.method = method;
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    }

    /**
     * Adds a field.
     *
     * @return this call
     */
    public Call header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /**
     * Sets the body.
     *
     * @param type the value of {@code Content-Type}
     * @param text is sent in UTF-8
     * @return this call
     */
    public Call body(String type, String text) {
        return body(type, text.getBytes(UTF_8));
    }

    /** Sets the body; see {@link #body(String, String)}. */
    public Call body(String type, byte[] bytes) {
        body = bytes.clone();
        return header("Content-Type", type).header("Content-Length", String.valueOf(body.length));
    }

    /**
     * Sends the body in pieces, each in a turn of its own. A handler that reads pieces should not care how they are cut.
     *
     * @param bytes of each piece, at least 1
     * @return this call
     */
    public Call pieces(int bytes) {
        piece = Math.max(1, bytes);
        return this;
    }

    /**
     * Sends the request, and waits for the whole response.
     *
     * @throws AssertionError when it is not complete within 40 s of real time
     */
    public Reply send() {
        return begin().await();
    }

    /** Sends the request, and turns the reactor until it has nothing to do. The response may grow later. */
    public Reply begin() {
        HandConnection connection = new HandConnection(kit.reactor(), kit.protocol());
        connection.receive((head + "\r\n").getBytes(ISO_8859_1));
        kit.reactor().settle();
        for (int from = 0; from < body.length && !connection.isClosed(); from += piece) {
            connection.receive(Arrays.copyOfRange(body, from, Math.min(body.length, from + piece)));
            kit.reactor().settle();
        }
        return new Reply(kit, connection, method.equals("HEAD"));
    }
}
