package org.pollux.http.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;
import org.pollux.reactor.testkit.HandConnection;

/**
 * A response as its client sees it. It is a view: it shows what has come so far, and grows while the reactor turns ({@link
 * #await}, {@link HandlerKit#pass}).
 */
public final class Reply {

    private final HandlerKit kit;
    private final HandConnection connection;
    private final boolean headOnly;

    Reply(HandlerKit kit, HandConnection connection, boolean headOnly) {
        this.kit = kit;
        this.connection = connection;
        this.headOnly = headOnly;
    }

    private ReceivedResponse received() {
        kit.reactor().settle();
        return ReceivedResponse.of(connection.sentBytes(), headOnly);
    }

    /**
     * Turns the reactor until the response is complete.
     *
     * @return this reply
     * @throws AssertionError when it is not complete within 40 s of real time
     */
    public Reply await() {
        kit.reactor().turnUntil("a complete response", () -> isComplete() || isCut());
        return this;
    }

    /** Its status; 0 while its head has not come. */
    public int status() {
        return received().status();
    }

    /** The value of the first field of that name, without regard to case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The values of all fields of that name, without regard to case. */
    public List<String> headers(String name) {
        return received().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** What has come of the body. */
    public byte[] body() {
        return received().octets().getBytes(ISO_8859_1);
    }

    /** What has come of the body, as UTF-8. */
    public String text() {
        return new String(body(), UTF_8);
    }

    /** Whether it has come to its end. */
    public boolean isComplete() {
        return received().complete();
    }

    /** Whether it will never come to its end, because the handler has failed or aborted it. */
    public boolean isCut() {
        return connection.isClosed() && !isComplete();
    }

    /** The client disconnects. */
    public void disconnect() {
        connection.reset();
        kit.reactor().settle();
    }
}
