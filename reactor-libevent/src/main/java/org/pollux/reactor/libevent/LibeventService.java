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

/**
 * Offers the backend as a service if it works here. It is registered by hand, for a component's own service would be seen
 * before it is known to work; where it does not, the component fails with the reason ({@code scr:info} shows it).
 */
@Component(
        service = {},
        immediate = true)
public final class LibeventService {

    /** Above NIO's 0. */
    private static final int RANKING = 100;

    private final ServiceRegistration<Backend> registration;

    @Activate
    public LibeventService(BundleContext context) {
        registration = context.registerService(
                Backend.class,
                new LibeventBackend(),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
    }

    /** Returns when whoever polls with it has left it. */
    @Deactivate
    void withdraw() {
        registration.unregister();
    }
}
