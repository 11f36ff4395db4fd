package org.pollux.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The destination of log lines. Those of the server, of its bundles through SLF4J, of the framework's components and of the JDK
 * all go to java.util.logging. From there they go to a file of the home and, if configured, to standard error. Safe for use from
 * any thread.
 */
final class Logging {

    /** Unless configured otherwise: a version at each start is not important. */
    private static final Map<String, LogLevel> QUIET = Map.of("org.apache.felix.scr", LogLevel.WARN);

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final RotatingFile file;
    private final Optional<Handler> console;

    /** Held, since the JDK forgets a logger and its level when nobody else does. */
    private final List<Logger> levelled = new ArrayList<>();

    private Logging(RotatingFile file, Optional<Handler> console) {
        this.file = file;
        this.console = console;
    }

    /**
     * Begins with the defaults.
     *
     * @param console whether the log may also go to standard error
     */
    static Logging start(Home home, boolean console) throws StartException {
        LogSettings settings = LogSettings.DEFAULT;
        try {
            RotatingFile file = new RotatingFile(home.log().resolve("pollux.log"), settings.limit(), settings.keep());
            // It keeps the present System.err. The Gogo runtime later replaces that by one that follows its sessions.
            Logging logging = new Logging(file, console ? Optional.of(new ConsoleHandler()) : Optional.empty());
            for (Handler handler : logging.root.getHandlers()) {
                logging.root.removeHandler(handler);
            }
            file.setLevel(Level.ALL);
            logging.console.ifPresent(handler -> handler.setLevel(Level.ALL));
            logging.configure(settings);
            return logging;
        } catch (IOException e) {
            throw new StartException("cannot write the log: " + Home.reason(e)
                    + ". Choose another folder with --home, or make this one writable");
        }
    }

    /** Counts for the next record. */
    synchronized void configure(LogSettings settings) {
        Formatter formatter = settings.json() ? new JsonFormatter() : new LineFormatter();
        file.setFormatter(formatter);
        file.configure(settings.limit(), settings.keep());
        console.ifPresent(handler -> handler.setFormatter(formatter));
        List<Handler> wanted = new ArrayList<>(List.of(file));
        console.filter(_ -> settings.console()).ifPresent(wanted::add);
        List<Handler> present = List.of(root.getHandlers());
        wanted.stream().filter(handler -> !present.contains(handler)).forEach(root::addHandler);
        present.stream().filter(handler -> !wanted.contains(handler)).forEach(root::removeHandler);
        root.setLevel(settings.level().level());
        setLevels(settings.levels());
    }

    private void setLevels(Map<String, LogLevel> configured) {
        Map<String, LogLevel> levels = new TreeMap<>(QUIET);
        levels.putAll(configured);
        levelled.stream()
                .filter(logger -> !levels.containsKey(logger.getName()))
                .forEach(logger -> logger.setLevel(null));
        levelled.clear();
        levels.forEach((name, level) -> {
            Logger logger = Logger.getLogger(name);
            logger.setLevel(level.level());
            levelled.add(logger);
        });
    }

    /** The file may be another one by now: a program that rotates logs has put it aside. */
    void reopen() {
        file.reopen();
    }
}
