package org.pollux.launcher;

import java.util.Map;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Takes what Felix itself has to say into the log. Felix has no service for it, and would write to standard output. */
final class FelixLog extends Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    private FelixLog() {
        setLogLevel(LOG_INFO);
    }

    /** Adds it to the settings of Felix, of which this one alone is not a text. */
    @SuppressWarnings("unchecked")
    static void addTo(Map<String, String> properties) {
        ((Map<String, Object>) (Map<String, ?>) properties).put("felix.log.logger", new FelixLog());
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
