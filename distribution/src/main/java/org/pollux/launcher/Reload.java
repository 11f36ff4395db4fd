package org.pollux.launcher;

import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGHUP asks for: the log is opened anew, and every service {@link Runnable} with a property {@code pollux.reload}, whose
 * value says what, does its part: conf/ is read again, other logs are opened anew. No connection is touched.
 */
final class Reload implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final BundleContext context;
    private final Logging logging;

    Reload(BundleContext context, Logging logging) {
        this.context = context;
        this.logging = logging;
    }

    @Override
    public void run() {
        logging.reopen();
        LOG.info("SIGHUP: logs are opened anew, and the configuration is read again");
        for (ServiceReference<Runnable> reference : services()) {
            Object what = reference.getProperty("pollux.reload");
            try {
                Runnable service = context.getService(reference);
                if (service != null) {
                    service.run();
                    context.ungetService(reference);
                }
            } catch (RuntimeException | LinkageError e) { // a bundle's
                LOG.error("SIGHUP: the reload of {} failed", what, e);
            }
        }
    }

    private Collection<ServiceReference<Runnable>> services() {
        try {
            return context.getServiceReferences(Runnable.class, "(pollux.reload=*)");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
