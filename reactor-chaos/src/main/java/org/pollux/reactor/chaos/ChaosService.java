package org.pollux.reactor.chaos;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the backend as a service while there is a backend to wrap, and a {@link MissingBackend} otherwise.
 *
 * <p>When the wrapped backend is withdrawn, this one is withdrawn first. So every loop has left both when the wrapped bundle
 * stops. Then it may wrap another backend, and the runtime returns to it if it is wanted.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "pollux.chaos")
@Designate(ocd = ChaosConfiguration.class)
@SuppressWarnings("ReferenceEquality") // an updated bundle offers another backend of the same name
public final class ChaosService {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosService.class);

    /** Marks the service, which must not wrap itself. */
    private static final String MARK = "pollux.chaos";

    /** The lowest one: it is used only by its name. */
    private static final int RANKING = Integer.MIN_VALUE;

    private final BundleContext context;
    private final ServiceChoice choice = new ServiceChoice();
    private final long ownSeed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    private ChaosSettings settings = new ChaosSettings(ownSeed, ChaosSettings.DEFAULT_INTENSITY);
    private String wraps = ServiceChoice.AUTO;
    private @Nullable Backend wrapped;
    private @Nullable ServiceRegistration<?> registration;
    private boolean started;

    @Activate
    public ChaosService(BundleContext context) {
        this.context = context;
    }

    @Activate
    synchronized void start(ChaosConfiguration configuration) {
        started = true;
        configure(configuration);
    }

    /** Other settings are another service: the runtime moves to it if this one polls. */
    @Modified
    synchronized void configure(ChaosConfiguration configuration) {
        String name = configuration.wraps().strip();
        wraps = name.isEmpty() ? ServiceChoice.AUTO : name;
        long seed = configuration.seed() == 0 ? ownSeed : configuration.seed();
        try {
            settings = new ChaosSettings(seed, configuration.intensity());
        } catch (IllegalArgumentException e) {
            LOG.error("{}; {} stays in force", e.getMessage(), settings);
        }
        withdraw();
        settle();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(" + MARK + "=*))",
            updated = "bindBackend",
            unbind = "unbindBackend")
    synchronized void bindBackend(Backend backend, Map<String, Object> properties) {
        choice.add(backend, properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0);
        settle();
    }

    synchronized void unbindBackend(Backend backend) {
        choice.remove(backend);
        settle();
    }

    /** Offers what is there now, unless it is offered already. */
    private void settle() {
        Optional<Backend> next = choice.choose(wraps);
        if (!started || (registration != null && next.orElse(null) == wrapped)) {
            return;
        }
        withdraw();
        wrapped = next.orElse(null);
        registration = next.<ServiceRegistration<?>>map(this::offer).orElseGet(this::reportMissing);
    }

    private ServiceRegistration<?> offer(Backend backend) {
        return context.registerService(
                Backend.class,
                new ChaosBackend(backend, settings),
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING, MARK, true)));
    }

    private ServiceRegistration<?> reportMissing() {
        String what = wraps.equals(ServiceChoice.AUTO) ? "another backend" : "the backend '" + wraps + "'";
        return context.registerService(
                MissingBackend.class,
                new MissingBackend(
                        ChaosBackend.NAME,
                        "it polls with " + what + ", which is not there; start its bundle, or change wraps in"
                                + " conf/pollux.chaos.cfg"),
                FrameworkUtil.asDictionary(Map.of()));
    }

    /** Returns when every loop has left the backend. */
    private void withdraw() {
        ServiceRegistration<?> before = registration;
        registration = null;
        wrapped = null;
        if (before != null) {
            before.unregister();
        }
    }

    @Deactivate
    synchronized void stop() {
        started = false;
        withdraw();
    }
}
