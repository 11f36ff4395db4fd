package org.pollux.reactor.server.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.admin.ConnectionList;
import org.pollux.reactor.admin.ConnectionStatus;
import org.pollux.reactor.admin.LimitReport;
import org.pollux.reactor.admin.LimitStatus;
import org.pollux.reactor.admin.LoopReplacement;
import org.pollux.reactor.admin.PoolReport;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.SwapReport;
import org.pollux.reactor.admin.WebSocketReport;
import org.pollux.reactor.runtime.recording.BundleChange;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.ServerSettings;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.spi.MissingBackend;

/**
 * The server in a framework: has its configuration, and follows the services of backends. It knows nothing of protocols,
 * so that a protocol may use what it offers; {@link Whiteboard} brings both together.
 */
@Component(
        immediate = true,
        configurationPid = "pollux.runtime",
        service = {Server.class, ReactorFactory.class, RuntimeComponent.class})
@Capability(namespace = "osgi.implementation", name = "org.pollux.runtime")
@Requirement(namespace = "pollux.backend", filter = "(pollux.backend=*)", effective = "active")
@Designate(ocd = RuntimeConfiguration.class)
public final class RuntimeComponent implements Server, ReactorFactory {

    private final BundleContext context;
    private final PolluxServer server;
    private final Succession succession;

    /** Synchronous: it is called before the bundle's components are taken down, which may wait for the loop. */
    private final SynchronousBundleListener stopping = this::bundleChanged;

    private ServerSettings settings;
    private volatile Duration stopDelay = Duration.ZERO;

    /**
     * Makes the server. The backends that are there already are bound to it before it is started.
     *
     * @throws IOException when the system has no descriptors for the loops
     */
    @Activate
    public RuntimeComponent(BundleContext context, RuntimeConfiguration configuration, Map<String, Object> raw)
            throws IOException {
        settings = SettingsReader.read(configuration, raw, ServerSettings.DEFAULT);
        String home = context.getProperty("pollux.home");
        String version = context.getProperty("pollux.version");
        this.context = context;
        Path folder = Path.of(home == null ? "" : home).toAbsolutePath();
        String named = version == null ? context.getBundle().getVersion().toString() : version;
        server = new PolluxServer(settings, folder, named);
        succession = new Succession(context, server, folder.resolve("run/upgrade.sock"), named);
    }

    @Activate
    void start(RuntimeConfiguration configuration, Map<String, Object> raw) {
        server.nameBundles(new BundlesOfClasses(context)::ofStack);
        context.addBundleListener(stopping);
        server.handOver(SettingsReader.handOver(configuration, raw));
        stopDelay = SettingsReader.stopDelay(configuration, raw);
        succession.begin();
        server.start(succession.startTimeout(SettingsReader.startTimeout(configuration, raw)));
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            succession.close();
            // nobody asks this server whether it is ready when another process has taken over
            server.retire(
                    succession.hasLeft()
                            ? Duration.ZERO
                            : stopDelay); // the framework ends: every bundle still runs, and stops when this returns
        } else if (event.getType() == BundleEvent.STOPPING) {
            Bundle bundle = event.getBundle();
            server.interruptHeldUp(
                    bundle.getSymbolicName() + ", which stops", name -> BundlesOfClasses.contains(bundle, name));
        }
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> deployed(event.getBundle(), "installed");
            case BundleEvent.UPDATED -> deployed(event.getBundle(), "updated");
            case BundleEvent.UNINSTALLED -> deployed(event.getBundle(), "uninstalled");
            default -> {}
        }
    }

    private void deployed(Bundle bundle, String change) {
        server.deployed(change);
        BundleChange.record(
                String.valueOf(bundle.getSymbolicName()), bundle.getVersion().toString(), change);
    }

    // ---- numbers of other bundles

    /** The limits of a bundle that serves no endpoint by itself. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLimits(LimitReport report, ServiceReference<LimitReport> reference) {
        String owner = String.valueOf(reference.getBundle().getSymbolicName());
        server.limits().add(report, () -> LimitStatus.all(report, owner));
    }

    void unbindLimits(LimitReport report) {
        server.limits().remove(report);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindPools(PoolReport report) {
        server.pools().add(report, report::pools);
    }

    void unbindPools(PoolReport report) {
        server.pools().remove(report);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindWebSockets(WebSocketReport report) {
        server.webSockets().add(report, () -> List.of(report.webSockets()));
    }

    void unbindWebSockets(WebSocketReport report) {
        server.webSockets().remove(report);
    }

    @Modified
    void modified(RuntimeConfiguration configuration, Map<String, Object> raw) {
        settings = SettingsReader.read(configuration, raw, settings);
        server.configure(settings);
        server.handOver(SettingsReader.handOver(configuration, raw));
        stopDelay = SettingsReader.stopDelay(configuration, raw);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(stopping);
        succession.close();
        server.close();
    }

    // ---- backends

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "bindBackend",
            unbind = "unbindBackend")
    void bindBackend(Backend backend, Map<String, Object> properties) {
        server.offer(backend, ranking(properties));
    }

    void unbindBackend(Backend backend) {
        server.withdraw(backend);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMissingBackend(MissingBackend backend) {
        server.reportMissing(backend);
    }

    void unbindMissingBackend(MissingBackend backend) {
        server.clearMissing(backend);
    }

    // ---- faults

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(pollux.faults=*)")
    void bindFaults(Supplier<List<String>> source) {
        server.faults().add(source, source);
    }

    void unbindFaults(Supplier<List<String>> source) {
        server.faults().remove(source);
    }

    // ---- the start

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(pollux.unsettled=*)")
    void bindUnsettled(Supplier<List<String>> source) {
        server.unsettled().add(source, source);
    }

    void unbindUnsettled(Supplier<List<String>> source) {
        server.unsettled().remove(source);
    }

    static int ranking(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    /** For the other components of this bundle. */
    PolluxServer server() {
        return server;
    }

    // ---- what the services do

    @Override
    public ServerStatus status() {
        return server.status();
    }

    @Override
    public SwapReport swap(String backend) {
        return server.swap(backend);
    }

    @Override
    public LoopReplacement replaceLoop(String loop) {
        return server.replaceLoop(loop);
    }

    @Override
    public ConnectionList connections(int most) {
        return server.connections(most);
    }

    @Override
    public ConnectionStatus closeConnection(long id) {
        return server.closeConnection(id);
    }

    @Override
    public List<ServedPath> servedPaths() {
        return server.servedPaths();
    }

    @Override
    public Reactor open() throws IOException {
        return server.open();
    }
}
