package org.pollux.http.server.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.ErrorPage;
import org.pollux.http.HttpFilter;
import org.pollux.http.HttpHandler;
import org.pollux.http.server.exchange.BlockingCalls;
import org.pollux.http.server.exchange.Time;
import org.pollux.http.server.limits.LimitCounts;
import org.pollux.http.server.routing.RouteRegistry;
import org.pollux.http.server.settings.HttpSettings;
import org.pollux.http.server.wires.WireChooser;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Endpoint;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.PathReport;
import org.pollux.reactor.admin.RequestReport;
import org.pollux.reactor.admin.RequestStatus;
import org.pollux.reactor.admin.ServedPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server as a service, with every {@link HttpHandler} and {@link HttpFilter} service that has a path, and every
 * {@link ErrorPage}.
 */
@Capability(namespace = "osgi.implementation", name = "org.pollux.http")
@Component(
        name = "org.pollux.http.server.HttpServerComponent", // independent of its package
        configurationPid = "pollux.http",
        service = Protocol.class,
        property = {"alpn=h2", "alpn=http/1.1", "alpn=http/1.0"})
@Endpoint("tcp://127.0.0.1:8080")
@Designate(ocd = HttpConfiguration.class)
public final class HttpServerComponent implements Protocol, LimitReport, PathReport, RequestReport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerComponent.class);

    private final RouteRegistry routes = new RouteRegistry();
    private final HttpServices services = new HttpServices(routes);
    private final Demands demands = new Demands(routes);
    /** Makes the offer of each registered service, from its current properties. */
    private final Map<ServiceReference<?>, Supplier<Optional<Offer>>> offered = new ConcurrentHashMap<>();

    private final LimitCounts counts = new LimitCounts(BlockingCalls::refused);
    private HttpSettings settings = HttpSettings.defaults();
    /** The parts of the configuration that are not in force, one line each. */
    private volatile List<String> problems = List.of();

    private @Nullable ServiceRegistration<?> faults;

    /** Demands for filters that are not met: the server should get no requests meanwhile. */
    private @Nullable ServiceRegistration<?> unready;

    private volatile WireChooser protocol = protocol(settings);

    /**
     * Registers a separate object for its reports: this component needs handlers, and they may need the runtime that reads
     * the reports.
     */
    @Activate
    void begin(BundleContext context, HttpConfiguration configuration) {
        configure(configuration);
        services.begin(context);
        faults = context.registerService(
                Supplier.class, this::faults, FrameworkUtil.asDictionary(Map.of("pollux.faults", "pollux.http")));
        unready = context.registerService(
                Supplier.class,
                (Supplier<List<String>>) routes::faults,
                FrameworkUtil.asDictionary(Map.of("pollux.unready", "pollux.http")));
    }

    /** The service stays registered when its configuration changes: connections and the endpoint stay open. */
    @Modified
    void configure(HttpConfiguration configuration) {
        demands.change(configuration.require());
        List<String> found = new ArrayList<>();
        settings = ConfiguredSettings.of(configuration, settings, found::add);
        routes.handOver(ConfiguredSettings.handOver(configuration, settings, routes.handOver(), found::add));
        protocol = protocol(settings);
        try {
            BlockingCalls.limit(configuration.blockingCalls(), Duration.ofSeconds(configuration.blockingWait()));
        } catch (RuntimeException e) { // the container converts a value when it is read
            found.add("blockingCalls or blockingWait of pollux.http is not a whole number above 0: " + e.getMessage());
        }
        found.forEach(LOG::error);
        problems = List.copyOf(found);
    }

    /**
     * Services that are removed from now on are removed because this component ends. They serve the requests that its
     * connections still have, or that are on their way.
     */
    @Deactivate
    void end() {
        services.end();
        if (faults != null) {
            faults.unregister();
        }
        if (unready != null) {
            unready.unregister();
        }
    }

    /** The parts of the configuration that are not in force, and the missing services, one line each. */
    private List<String> faults() {
        return Stream.of(problems, demands.faults(), services.faults())
                .flatMap(List::stream)
                .toList();
    }

    /** Makes the protocol. The counts continue when the configuration changes. */
    private WireChooser protocol(HttpSettings settings) {
        return new WireChooser(routes, settings, Time.SYSTEM, counts);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return protocol.open(connection);
    }

    @Override
    public Map<String, Long> limitsMet() {
        Map<String, Long> met = new LinkedHashMap<>(counts.limitsMet());
        if (routes.tooMany() > 0) {
            met.put("handOverRequests (503)", routes.tooMany());
        }
        return met;
    }

    @Override
    public List<ServedPath> servedPaths() {
        return services.servedPaths();
    }

    @Override
    public RequestStatus requests() {
        return routes.meters().read("pollux.http");
    }

    @Reference(
            service = HttpHandler.class,
            target = "(!(administration=true))",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "change",
            unbind = "remove")
    void addHandler(HttpHandler handler, ServiceReference<HttpHandler> service) {
        add(service, () -> Optional.of(Offers.of(handler, service)));
    }

    @Reference(
            service = HttpFilter.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "change",
            unbind = "remove")
    void addFilter(HttpFilter filter, ServiceReference<HttpFilter> service) {
        add(service, () -> Optional.of(Offers.of(filter, service)));
    }

    @Reference(
            service = ErrorPage.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "change",
            unbind = "remove")
    void addErrorPage(ErrorPage page, ServiceReference<ErrorPage> service) {
        add(service, () -> Offers.of(page, service));
    }

    private void add(ServiceReference<?> service, Supplier<Optional<Offer>> offer) {
        offered.put(service, offer);
        offer.get().ifPresent(made -> services.add(service, made));
    }

    /** The same service, of any kind, has other properties. */
    void change(ServiceReference<?> service) {
        Supplier<Optional<Offer>> offer = offered.get(service);
        if (offer != null) {
            offer.get().ifPresentOrElse(made -> services.change(service, made), () -> services.drop(service));
        }
    }

    void remove(ServiceReference<?> service) {
        offered.remove(service);
        services.remove(service);
    }
}
