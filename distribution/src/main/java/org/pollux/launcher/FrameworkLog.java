package org.pollux.launcher;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes what the framework itself has to say into the log. */
final class FrameworkLog extends Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    FrameworkLog() {
        setLogLevel(LOG_INFO);
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared there
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference sr,
            int level,
            String message,
            @Nullable Throwable thrown) {
        String text = bundle == null ? message : bundle + ": " + message;
        LOG.atLevel(severity(level)).setCause(thrown).log(text);
    }

    private static Level severity(int level) {
        return switch (level) {
            case LOG_ERROR -> Level.ERROR;
            case LOG_WARNING -> Level.WARN;
            case LOG_INFO -> Level.INFO;
            default -> Level.DEBUG;
        };
    }
}
