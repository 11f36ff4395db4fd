package org.pollux.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line for a record, its exception below it:
 *
 * <pre>2026-11-23 11:52:59.123 INFO  [main] Server: Pollux 0.1.0 runs</pre>
 */
final class LineFormatter extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(160)
                .append(TIME.format(entry.getInstant().atZone(ZoneId.systemDefault())))
                .append(' ')
                .append(level(entry.getLevel()))
                .append(" [")
                // handlers format on the thread that logs
                .append(Thread.currentThread().getName())
                .append("] ")
                .append(shortName(entry))
                .append(": ")
                .append(formatMessage(entry))
                .append('\n');
        Optional.ofNullable(entry.getThrown()).ifPresent(thrown -> line.append(trace(thrown)));
        return line.toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO ";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String shortName(LogRecord entry) {
        String name = Optional.ofNullable(entry.getLoggerName()).orElse("?");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
