package org.pollux.launcher;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

/** How important a record is; the names are SLF4J's, the values those of java.util.logging. */
enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** As java.util.logging calls it. */
    Level level() {
        return switch (this) {
            case OFF -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINEST;
        };
    }

    static LogLevel of(Level level) {
        return Stream.of(ERROR, WARN, INFO, DEBUG)
                .filter(candidate -> level.intValue() >= candidate.level().intValue())
                .findFirst()
                .orElse(TRACE);
    }

    static Optional<LogLevel> of(String name) {
        return Stream.of(values())
                .filter(level -> level.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** Five characters wide. */
    String padded() {
        return name().length() == 4 ? name() + " " : name();
    }
}
