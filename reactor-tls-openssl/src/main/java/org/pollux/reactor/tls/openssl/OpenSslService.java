package org.pollux.reactor.tls.openssl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.pollux.reactor.tls.MissingEngine;
import org.pollux.reactor.tls.TlsEngine;

/**
 * Offers the engine as a service where it works, and a {@link MissingEngine} elsewhere. The service is registered by hand,
 * because a component's own service would be visible before the library was tested.
 */
@Component(
        service = {},
        immediate = true)
public final class OpenSslService {

    /** Above the JDK's 0. */
    private static final int RANKING = 100;

    private final @Nullable OpenSslEngine engine;
    private final ServiceRegistration<?> registration;

    @Activate
    public OpenSslService(BundleContext context) {
        OpenSslEngine working = null;
        ServiceRegistration<?> registered;
        try {
            working = new OpenSslEngine();
            registered = context.registerService(
                    TlsEngine.class, working, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
        } catch (OpenSslUnavailableException e) {
            MissingEngine missing = new MissingEngine(OpenSslEngine.NAME, String.valueOf(e.getMessage()));
            registered = context.registerService(MissingEngine.class, missing, FrameworkUtil.asDictionary(Map.of()));
        }
        engine = working;
        registration = registered;
    }

    @Deactivate
    void withdraw() {
        registration.unregister();
        if (engine != null) {
            engine.close();
        }
    }
}
