package org.pollux.launcher;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object in one line for a record:
 *
 * <pre>{"time":"2026-11-23T11:52:59.123+01:00","level":"INFO","thread":"main","logger":"org.pollux.…","message":"…"}</pre>
 *
 * With an exception, there is also {@code "exception"}, a text of several lines.
 */
final class JsonFormatter extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(240);
        line.append("{\"time\":\"")
                .append(TIME.format(entry.getInstant().atZone(ZoneId.systemDefault())))
                .append("\",\"level\":\"")
                .append(LogLevel.of(entry.getLevel()))
                .append('"');
        field(line, "thread", Thread.currentThread().getName());
        field(line, "logger", Optional.ofNullable(entry.getLoggerName()).orElse("?"));
        field(line, "message", String.valueOf(formatMessage(entry)));
        if (entry.getThrown() != null) {
            line.append(",\"exception\":\"");
            StackTrace.of(entry.getThrown(), text -> {
                Escaped.json(line, text);
                line.append("\\n");
            });
            line.append('"');
        }
        return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        Escaped.json(line, value);
        line.append('"');
    }
}
