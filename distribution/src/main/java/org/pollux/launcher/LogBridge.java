package org.pollux.launcher;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes what bundles say to the OSGi log service (SCR, Config Admin, FileInstall do) into the log. */
final class LogBridge extends ServiceTracker<LogReaderService, LogReaderService> implements LogListener {

    private final Faults faults;

    LogBridge(BundleContext context, Faults faults) {
        super(context, LogReaderService.class, null);
        this.faults = faults;
    }

    @Override
    public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        LogReaderService reader = super.addingService(reference);
        reader.addLogListener(this);
        return reader;
    }

    @Override
    public void removedService(ServiceReference<LogReaderService> reference, LogReaderService reader) {
        reader.removeLogListener(this);
        super.removedService(reference, reader);
    }

    @Override
    public void logged(LogEntry entry) {
        Throwable thrown = entry.getException();
        if (entry.getLoggerName().startsWith("Events.")) {
            return; // every event of the framework is an entry, too; those that matter are reported elsewhere
        }
        if (thrown instanceof BundleException failed && failed.getType() == BundleException.RESOLVE_ERROR) {
            faults.report();
            return;
        }
        Logger log = LoggerFactory.getLogger(name(entry));
        String message = String.valueOf(entry.getMessage()).strip();
        if (isExpected(thrown)) {
            log.atLevel(level(entry)).log(message + ": " + reasons(thrown));
        } else {
            log.atLevel(level(entry)).setCause(thrown).log(message);
        }
    }

    /** Whether the exception's message says it all, for it tells of a file or a value and not of a fault in a program. */
    private static boolean isExpected(@Nullable Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof ConfigurationException
                || (thrown instanceof BundleException failed && failed.getType() != BundleException.ACTIVATOR_ERROR);
    }

    /** The messages of an exception and of its causes, in one line. */
    static String reasons(@Nullable Throwable thrown) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            String message = Optional.ofNullable(at.getMessage()).orElse(at.toString());
            if (reasons.indexOf(message) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ").append(message);
            }
        }
        return reasons.toString();
    }

    private static String name(LogEntry entry) {
        Bundle bundle = entry.getBundle();
        return bundle == null ? entry.getLoggerName() : String.valueOf(bundle.getSymbolicName());
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
