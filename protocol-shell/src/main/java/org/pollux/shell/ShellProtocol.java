package org.pollux.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Protocol;

/**
 * Gives each connection a shell session of its own, on a thread of its own. Their number is limited; one
 * more client is told so. The runtime serves it on the loop for administration, which no handler can hold up.
 *
 * <p>The client says in its first line what it wants; a line ends with LF, text is UTF-8:
 *
 * <pre>
 *   RUN COMMAND      run this one command
 *   LINES            run a command for each line that follows; each gets a response with an end of its own. A line that
 *                    begins with a tab asks what can stand in place of the last word behind it: a word in each line of the
 *                    response, and what it means behind a tab
 *   SHELL            run a command for each line that follows, until one is "exit" or the client ends its output
 *   SHELL PROMPT     the same for a person at a terminal, who gets the prompt before each line
 * </pre>
 *
 * <p>The response is what the commands print. It ends with a zero byte, the exit status of the last command in three decimal
 * digits, and LF; a zero byte that a command prints is sent twice. So a client passes on each byte as it comes, and one that
 * finds no such end was cut off.
 *
 * <p>The status is 0, or 1 when the command threw an exception, of which the message is printed; 2 says that the first
 * line was not understood. A client that closes the connection, or its half of it in another mode than plain
 * {@code SHELL}, is gone: what runs for it is interrupted.
 */
public final class ShellProtocol implements Protocol {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CommandProcessor processor;
    private final Commands commands;
    private final CommandLimit limit;
    private volatile int sessions;
    private final Set<ShellConnection> open = ConcurrentHashMap.newKeySet();

    /**
     * A shell that knows the commands of this processor.
     *
     * @param sessions at a time
     * @param longest time for a command; zero means that there is no limit
     */
    ShellProtocol(CommandProcessor processor, Commands commands, int sessions, Duration longest) {
        this.processor = processor;
        this.commands = commands;
        this.sessions = sessions;
        this.limit = new CommandLimit(longest);
    }

    /** Other limits, for sessions and commands that begin from now on. */
    void limits(int sessions, Duration longest) {
        this.sessions = sessions;
        limit.set(longest);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        int most = sessions;
        if (open.size() >= most) {
            connection.write(StandardCharsets.UTF_8.encode("too many sessions: " + most
                    + " are open, which is sessions of pollux.shell; close one of them\n" + "\0%03d\n".formatted(1)));
            connection.close();
            return (_, in) -> in.position(in.limit());
        }
        ShellConnection opened = new ShellConnection(connection, processor, commands, limit, open::remove);
        open.add(opened);
        return opened;
    }

    /** Ends all sessions, and what they run; a command that does not heed its interruption is left behind. */
    public void close() throws InterruptedException {
        limit.close();
        Instant deadline = Instant.now().plus(PATIENCE);
        open.forEach(ShellConnection::end);
        for (ShellConnection connection : open) {
            connection.awaitEnd(Duration.between(Instant.now(), deadline));
        }
    }
}
