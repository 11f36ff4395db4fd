package org.pollux.reactor.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.function.Supplier;
import org.pollux.reactor.Protocol;

/**
 * The contract of a protocol whose connections outlive its update: the peer gets the same bytes, wherever the connection passes to the
 * next version. A test of one line:
 *
 * <pre>{@code
 * UpdateContract.holds(Capitals::new, "hello\nworld\n".getBytes(US_ASCII));
 * }</pre>
 */
public final class UpdateContract {

    private UpdateContract() {}

    /**
     * Sends the input once to one version, and then, for each byte, to two: the first version gets the bytes before it, the second one
     * the rest. Then each byte goes to another version.
     *
     * @param version makes the protocol, as each start of its bundle does
     * @param input what a client sends, several messages
     */
    public static void holds(Supplier<? extends Protocol> version, byte[] input) {
        Run whole = new Run(version);
        whole.send(input);
        boolean passed = false;
        for (int border = 0; border <= input.length; border++) {
            Run run = new Run(version);
            run.send(Arrays.copyOf(input, border));
            passed |= run.pass();
            run.send(Arrays.copyOfRange(input, border, input.length));
            run.requireSame(whole, "passed on before byte " + border);
        }
        if (!passed) {
            throw new AssertionError("The handler has given its state nowhere");
        }
        Run often = new Run(version);
        for (byte one : input) {
            often.pass();
            often.send(new byte[] {one});
        }
        often.requireSame(whole, "passed on before each byte");
    }

    /** One connection, and who has it. */
    private static final class Run {

        private final Supplier<? extends Protocol> version;
        private final HandConnection connection;

        Run(Supplier<? extends Protocol> version) {
            this.version = version;
            this.connection = new HandConnection(new HandReactor(), version.get());
        }

        void send(byte[] bytes) {
            connection.receive(bytes);
            connection.reactor().settle();
        }

        boolean pass() {
            return connection.passTo(version.get());
        }

        void requireSame(Run other, String where) {
            if (!Arrays.equals(other.connection.sentBytes(), connection.sentBytes())) {
                throw new AssertionError("The peer of a connection that was " + where + " got '"
                        + new String(connection.sentBytes(), ISO_8859_1) + "' instead of '"
                        + new String(other.connection.sentBytes(), ISO_8859_1) + "'");
            }
        }
    }
}
