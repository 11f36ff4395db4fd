package org.pollux.reactor.uring;

import java.util.Map;
import java.util.function.Supplier;
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
 * because a component's own service would be visible before a ring was tried.
 */
@Component(
        service = {},
        immediate = true)
public final class UringService {

    /** Below NIO's 0: it polls where it is chosen by name. */
    private static final int RANKING = -100;

    private final ServiceRegistration<?> registration;

    @Activate
    public UringService(BundleContext context) {
        this(context, UringBackend::new);
    }

    UringService(BundleContext context, Supplier<Backend> backend) {
        registration = register(context, backend);
    }

    private static ServiceRegistration<?> register(BundleContext context, Supplier<Backend> backend) {
        try {
            return context.registerService(
                    Backend.class,
                    backend.get(),
                    FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        } catch (UringUnavailableException e) {
            MissingBackend missing = new MissingBackend(UringBackend.NAME, String.valueOf(e.getMessage()));
            return context.registerService(MissingBackend.class, missing, FrameworkUtil.asDictionary(Map.of()));
        }
    }

    /** Returns when every loop has left the backend. */
    @Deactivate
    void withdraw() {
        registration.unregister();
    }
}
