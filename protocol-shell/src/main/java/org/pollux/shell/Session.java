package org.pollux.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the requests of one client, runs them in Gogo and responds, on one thread that may wait. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final int LONGEST_LINE = 64 << 10;

    /** For a client that is still there: the shell ends, and not the client. */
    private static final String ENDED =
            "this session ends, because the shell or Gogo is stopped or updated; 'pollux shell' begins another";

    /**
     * The session of a thread. Gogo's threads, which run its commands, inherit it. So do the threads of bundles that a command starts; they
     * would keep the session for good, and with it the classes of the shell.
     */
    private static final InheritableThreadLocal<@Nullable WeakReference<Session>> CALLER =
            new InheritableThreadLocal<>();

    private final CommandProcessor processor;
    private final InputStream in;
    private final Commands commands;
    private final CommandLimit limit;
    private final Runnable hangUp;
    private final ResponseStream client;
    private final PrintStream out;
    private @Nullable CommandSession gogo;
    private boolean endIsGone;
    private boolean inputEnded;
    private boolean cancelled;

    Session(
            CommandProcessor processor,
            Commands commands,
            CommandLimit limit,
            InputStream in,
            OutputStream client,
            Runnable hangUp) {
        this.processor = processor;
        this.limit = limit;
        this.hangUp = hangUp;
        this.in = in;
        this.commands = commands;
        this.client = new ResponseStream(client);
        this.out = new PrintStream(this.client, true, StandardCharsets.UTF_8);
    }

    /** Serves the client until its requests are done; the connection is left open. */
    void run() {
        CALLER.set(new WeakReference<>(this));
        int status = FAILED;
        try {
            status = serve(readLine());
        } catch (IOException e) {
            LOG.debug("a shell session was cut off", e);
        } finally {
            cancel(true);
            end(status);
        }
    }

    /**
     * The client sends no more. From any thread.
     *
     * @return whether this means that the client has left; that is unknown before its first line has come
     */
    synchronized boolean inputEnded() {
        inputEnded = true;
        return gogo != null && endIsGone;
    }

    /** Whether the calling thread runs a command of this session. */
    boolean isCaller() {
        WeakReference<Session> caller = CALLER.get();
        return caller != null && caller.refersTo(this);
    }

    /** No further command starts, and the running one is interrupted if that is wanted. From any thread. */
    synchronized void cancel(boolean interrupt) {
        cancelled = true;
        if (interrupt && gogo != null) {
            gogo.close();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private int serve(@Nullable String line) throws IOException {
        Optional<Request> request = line == null ? Optional.empty() : Request.parse(line);
        if (request.isEmpty()) {
            out.println("not understood: '" + line + "'. The first line is RUN COMMAND, LINES, SHELL or SHELL PROMPT");
            return NOT_UNDERSTOOD;
        }
        return switch (request.get()) {
            case Request.Run run -> execute(begin(InputStream.nullInputStream(), true), run.command());
            case Request.Lines _ -> lines(begin(InputStream.nullInputStream(), true));
            case Request.Shell shell -> loop(begin(in, !shell.prompt().isEmpty()), shell.prompt());
        };
    }

    /**
     * Begins a Gogo session.
     *
     * @param endIsGone whether a client that sends no more has left; after the end of plain lines, their remaining commands
     *     still run
     */
    private synchronized CommandSession begin(InputStream keyboard, boolean endIsGone) throws IOException {
        if (cancelled || (inputEnded && endIsGone)) {
            throw new IOException("the client has disconnected");
        }
        this.endIsGone = endIsGone;
        CommandSession begun = processor.createSession(keyboard, out, out);
        begun.put("SCOPE", "pollux:gogo:*"); // the commands of Pollux are found first, by their short names
        gogo = begun;
        return begun;
    }

    private int loop(CommandSession session, String prompt) throws IOException {
        int status = OK;
        while (true) {
            out.print(prompt);
            out.flush();
            String line = readLine();
            if (line == null || line.strip().equals("exit")) {
                return status;
            }
            if (!line.isBlank()) {
                status = execute(session, line);
            }
        }
    }

    /** A line that begins with a tab asks for completions of what follows it. */
    private int lines(CommandSession session) throws IOException {
        int status = OK;
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.startsWith("\t")) {
                commands.complete(line.substring(1)).forEach(out::println);
                respond(OK);
            } else {
                status = execute(session, line);
                respond(status);
            }
        }
        return status;
    }

    private void respond(int status) throws IOException {
        out.flush();
        client.end(status);
    }

    private int execute(CommandSession session, String command) throws IOException {
        try (CommandLimit.Running running = limit.begin(command, this::abandon)) {
            int status = run(session, command, running);
            if (running.isLate()) {
                cancel(true); // Gogo runs commands on threads of the session, and ends these threads with it
                out.println(running.message() + "; it was interrupted, and this session ends");
                throw new IOException(running.message());
            }
            return status;
        }
    }

    /** The command keeps running, and its client does not wait for it. */
    private void abandon(String why) {
        out.println(why);
        end(FAILED);
        hangUp.run();
    }

    private int run(CommandSession session, String command, CommandLimit.Running running) {
        try {
            Object result = session.execute(command);
            String text = result == null
                    ? ""
                    : session.format(result, Converter.INSPECT).toString();
            out.print(text);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                out.println();
            }
            return OK;
        } catch (CommandNotFoundException e) {
            out.println("unknown command '" + e.getCommand() + "'; 'help' lists those that there are");
        } catch (Exception | LinkageError e) {
            LOG.debug("'{}' failed", command, e);
            if (running.isLate()) {
                return FAILED; // it failed because it was interrupted
            }
            out.println(
                    isCancelled() ? ENDED : Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
        return FAILED;
    }

    private void end(int status) {
        try {
            respond(status);
        } catch (IOException e) {
            LOG.debug("the client did not wait for the end", e);
        }
    }

    /** The next line without its end; null after the last one. */
    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
