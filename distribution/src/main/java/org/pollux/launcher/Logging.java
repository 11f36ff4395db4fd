package org.pollux.launcher;

import java.io.IOException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Where log lines go: all of the server's, of its bundles through SLF4J, of the framework's components and of the JDK
 * itself meet in java.util.logging, and from there go to a file of the home and, if wanted, to standard error.
 */
final class Logging {

    private static final long FILE_LIMIT = 10L << 20;
    private static final int FULL_FILES = 5;

    /** Held, since the JDK forgets a logger and its level when nobody else does. */
    private static final Logger SCR = Logger.getLogger("org.apache.felix.scr");

    private Logging() {}

    static void start(Home home, boolean console) throws StartException {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(Level.INFO);
        SCR.setLevel(Level.WARNING); // its version, at each start
        try {
            add(root, new RotatingFile(home.log().resolve("pollux.log"), FILE_LIMIT, FULL_FILES));
        } catch (IOException e) {
            throw new StartException("cannot write the log: " + Home.reason(e)
                    + ". Choose another folder with --home, or make this one writable");
        }
        if (console) {
            // It keeps the System.err of now; the Gogo runtime exchanges that later for one that follows its sessions.
            add(root, new ConsoleHandler());
        }
    }

    private static void add(Logger root, Handler handler) {
        handler.setLevel(Level.ALL);
        handler.setFormatter(new LineFormatter());
        root.addHandler(handler);
    }
}
