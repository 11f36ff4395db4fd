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
 * Gives each connection its own shell session on its own thread. The number of sessions is limited; a further client gets a
 * message that says so. The runtime serves this protocol on the loop for administration, which no other handler can block.
 *
 * <p>The first line of the client is its request. A line ends with LF, and text is UTF-8:
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
 * <p>The response is the output of the commands. It ends with a zero byte, the exit status of the last command in three
 * decimal digits, and LF; a zero byte that a command prints is sent twice. So a client can pass on each byte as it comes,
 * and a response without such an end was cut off.
 *
 * <p>The status is 0, or 1 when the command threw an exception, whose message is printed; 2 means that the first line was
 * not understood. A client has left when it closes the connection, or closes its half in a mode other than plain {@code
 * SHELL}. Its running command is then interrupted.
 */
public final class ShellProtocol implements Protocol {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CommandProcessor processor;
    private final Commands commands;
    private final CommandLimit limit;
    private volatile int sessions;
    private final Set<ShellConnection> open = ConcurrentHashMap.newKeySet();

    /**
     * A shell with the commands of this processor.
     *
     * @param sessions maximum number at a time
     * @param longest time for a command; zero means no limit
     */
    ShellProtocol(CommandProcessor processor, Commands commands, int sessions, Duration longest) {
        this.processor = processor;
        this.commands = commands;
        this.sessions = sessions;
        this.limit = new CommandLimit(longest);
    }

    /** Changes the limits for sessions and commands that begin from now on. */
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

    /** Ends all sessions and their commands. A command that ignores its interruption keeps running on its thread. */
    public void close() throws InterruptedException {
        limit.close();
        Instant deadline = Instant.now().plus(PATIENCE);
        open.forEach(ShellConnection::end);
        for (ShellConnection connection : open) {
            connection.awaitEnd(Duration.between(Instant.now(), deadline));
        }
    }
}
