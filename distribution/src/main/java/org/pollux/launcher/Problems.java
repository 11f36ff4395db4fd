package org.pollux.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.cm.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes what the framework and its components have to say so that an operator can read it. */
final class Problems implements FrameworkListener {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final Faults faults;

    Problems(Faults faults) {
        this.faults = faults;
    }

    void log(String name, Level level, String message, @Nullable Throwable thrown) {
        Logger log = LoggerFactory.getLogger(name);
        if (thrown instanceof BundleException failed && failed.getType() == BundleException.RESOLVE_ERROR) {
            log.debug(message, thrown);
            faults.changed();
        } else if (isExpected(unwrapped(thrown))) {
            log.atLevel(level).log(message.strip() + ": " + reasons(unwrapped(thrown)));
            log.debug(message.strip(), thrown);
        } else {
            log.atLevel(level).setCause(thrown).log(message.strip());
        }
    }

    /** Bundles that the framework itself starts fail with an event; of all others their starter says it. */
    @Override
    public void frameworkEvent(FrameworkEvent event) {
        Throwable thrown = event.getThrowable();
        switch (event.getType()) {
            case FrameworkEvent.ERROR -> {
                if (event.getBundle().getState() == Bundle.INSTALLED) {
                    faults.changed();
                } else {
                    LOG.error("bundle {}: {}", event.getBundle(), reasons(thrown), thrown);
                }
            }
            case FrameworkEvent.WARNING -> LOG.warn("bundle {}: {}", event.getBundle(), reasons(thrown));
            default -> {}
        }
    }

    /** What a component's constructor or method has thrown, as Declarative Services calls it by reflection. */
    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        Throwable cause = thrown == null ? null : thrown.getCause();
        return thrown instanceof InvocationTargetException && cause != null ? cause : thrown;
    }

    /** Whether the exception's message says it all, because it tells of a file or a value and not of a fault in a program. */
    private static boolean isExpected(@Nullable Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof IllegalArgumentException
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
}
