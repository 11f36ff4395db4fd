package org.pollux.launcher;

import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The action of SIGHUP. The log is reopened, and every service {@link Runnable} with a property {@code pollux.reload} is run.
 * The value of the property names what it reloads, such as conf/ or another log. Connections are not affected.
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
        LOG.info("SIGHUP: the logs are reopened, and the configuration is read again");
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
