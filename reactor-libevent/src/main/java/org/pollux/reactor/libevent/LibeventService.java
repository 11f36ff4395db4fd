package org.pollux.reactor.libevent;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;

/**
 * Offers the backend as a service where it works, and a {@link MissingBackend} elsewhere. The service is registered by hand,
 * because a component's own service would be visible before the library was tested.
 */
@Component(
        service = {},
        immediate = true)
public final class LibeventService {

    /** Above NIO's 0. */
    private static final int RANKING = 100;

    private final ServiceRegistration<?> registration;

    @Activate
    public LibeventService(BundleContext context) {
        registration = register(context);
    }

    private static ServiceRegistration<?> register(BundleContext context) {
        try {
            return context.registerService(
                    Backend.class,
                    new LibeventBackend(),
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        } catch (LibeventUnavailableException e) {
            MissingBackend missing = new MissingBackend(LibeventBackend.NAME, String.valueOf(e.getMessage()));
            return context.registerService(MissingBackend.class, missing, FrameworkUtil.asDictionary(Map.of()));
        }
    }

    /** Returns when every loop has left the backend. */
    @Deactivate
    void withdraw() {
        registration.unregister();
    }
}
