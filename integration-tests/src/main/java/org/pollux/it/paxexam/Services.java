package org.pollux.it.paxexam;

import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** Waits for services, inside the container. */
public final class Services {

    private Services() {}

    /**
     * Returns the best service of a type, as soon as there is one.
     *
     * <p>It stays in use until the context's bundle stops, or {@code context.ungetService} is called.
     *
     * @throws AssertionError if there is none at the deadline; the message says what in the container may be the reason
     */
    public static <S> S await(BundleContext context, Class<S> type, Duration deadline) throws InterruptedException {
        return await(context, type, "(objectClass=" + type.getName() + ")", deadline);
    }

    /**
     * Returns the best service of a type whose properties match, as soon as there is one.
     *
     * @param filter in LDAP syntax, such as {@code (endpoint=tcp://127.0.0.1:7007)}
     */
    public static <S> S await(BundleContext context, Class<S> type, String filter, Duration deadline)
            throws InterruptedException {
        var tracker = new ServiceTracker<S, S>(context, filter(context, type, filter), null);
        tracker.open();
        try {
            var found = tracker.waitForService(Math.max(1, deadline.toMillis()));
            if (found != null) {
                // One use more than the tracker's, so that closing it does not deactivate a component that nobody else
                // uses.
                return context.getService(tracker.getServiceReference());
            }
        } finally {
            tracker.close();
        }
        throw new AssertionError("no service " + type.getName() + " " + filter + " within " + deadline.toMillis()
                + " ms" + Diagnosis.of(context));
    }

    private static Filter filter(BundleContext context, Class<?> type, String filter) {
        try {
            return context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }
}
