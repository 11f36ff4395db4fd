package org.pollux.launcher;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.event.Level;

/**
 * Takes what a framework itself has to say into the log, if it offers that by the OSGi log service. Equinox does, and Felix does not:
 * see {@link FelixLog}.
 */
record FrameworkEntries(Problems problems) implements LogListener {

    /** Entries that repeat the events of bundles, services and the framework, which {@link Problems} and {@link Faults} see. */
    private static final String EVENTS = "Events.";

    static void follow(BundleContext context, Problems problems) {
        ServiceReference<LogReaderService> reader = context.getServiceReference(LogReaderService.class);
        if (reader != null) {
            context.getService(reader).addLogListener(new FrameworkEntries(problems));
        }
    }

    @Override
    public void logged(LogEntry entry) {
        if (!entry.getLoggerName().startsWith(EVENTS)) {
            problems.log(
                    String.valueOf(entry.getBundle().getSymbolicName()),
                    level(entry),
                    entry.getMessage(),
                    entry.getException());
        }
    }

    private static Level level(LogEntry entry) {
        return switch (entry.getLogLevel()) {
            case AUDIT, INFO -> Level.INFO;
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
