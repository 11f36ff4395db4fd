package org.pollux.launcher;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line for a record. The lines of its exception follow, each after a tab:
 *
 * <pre>2026-11-23 11:52:59.123 INFO  [main] org.pollux.launcher.FrameworkRun: Pollux 0.2.0 runs</pre>
 *
 * Only a record begins with a digit, whatever a message contains: see {@link Escaped}.
 */
final class LineFormatter extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(160)
                .append(TIME.format(entry.getInstant().atZone(ZoneId.systemDefault())))
                .append(' ')
                .append(LogLevel.of(entry.getLevel()).padded())
                .append(" [");
        // handlers format on the logging thread
        Escaped.text(line, Thread.currentThread().getName());
        line.append("] ");
        Escaped.text(line, Optional.ofNullable(entry.getLoggerName()).orElse("?"));
        line.append(": ");
        Escaped.text(line, String.valueOf(formatMessage(entry)));
        line.append('\n');
        if (entry.getThrown() != null) {
            StackTrace.of(entry.getThrown(), text -> {
                line.append('\t');
                Escaped.text(line, text);
                line.append('\n');
            });
        }
        return line.toString();
    }
}
