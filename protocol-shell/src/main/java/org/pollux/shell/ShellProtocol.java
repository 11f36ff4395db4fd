package org.pollux.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;

/**
 * Gives each connection a shell session of its own, on a virtual thread of its own.
 *
 * <p>The client says in its first line what it wants; a line ends with LF, text is UTF-8:
 *
 * <pre>
 *   RUN COMMAND      run this one command
 *   SHELL            run a command for each line that follows, until one is "exit" or the client ends its output
 *   SHELL PROMPT     the same for a person at a terminal, who gets the prompt before each line
 * </pre>
 *
 * <p>The answer is what the commands print. It ends with five bytes in front of the FIN: a zero byte, the exit status of
 * the last command in three decimal digits, and LF. So a client passes on what comes but for the last five bytes, and
 * one that finds no such five was cut off.
 *
 * <p>The status is 0, or 1 when the command threw an exception, of which the message is printed; 2 says that the first
 * line was not understood. A client that closes the connection, or its half of it in another mode than plain
 * {@code SHELL}, is gone: what runs for it is interrupted.
 */
@Component(service = Protocol.class, configurationPid = ShellProtocol.PID)
@Designate(ocd = ShellConfiguration.class)
@Endpoint("unix:run/shell.sock")
public final class ShellProtocol implements Protocol {

    static final String PID = "pollux.shell";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CommandProcessor processor;
    private final Set<ShellConnection> open = ConcurrentHashMap.newKeySet();

    /** A shell that knows the commands of this processor. */
    @Activate
    public ShellProtocol(@Reference CommandProcessor processor) {
        this.processor = processor;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        ShellConnection opened = new ShellConnection(connection, processor, open::remove);
        open.add(opened);
        return opened;
    }

    /** Another endpoint: for the runtime to see to. The sessions go on. */
    @Modified
    void modified() {}

    /** Ends all sessions, and what they run; a command that does not heed its interruption is left behind. */
    @Deactivate
    public void close() throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        open.forEach(ShellConnection::end);
        for (ShellConnection connection : open) {
            connection.awaitEnd(Duration.between(Instant.now(), deadline));
        }
    }
}
