package org.pollux.reactor.runtime.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.ReactorFactory;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.runtime.EndpointList;
import org.pollux.reactor.runtime.PolluxServer;
import org.pollux.reactor.runtime.ProtocolService;
import org.pollux.reactor.runtime.ServerSettings;
import org.pollux.reactor.spi.Backend;

/**
 * The server in a framework: follows the services of backends and protocols.
 *
 * <p>It registers the server as a service by itself, when it has what is there already: as a service of the component it
 * would be asked for by handlers that are activated because the server asks for their protocol, and SCR takes that for a
 * circle.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "pollux.runtime")
@Designate(ocd = RuntimeConfiguration.class)
public final class RuntimeComponent {

    private static final String ENDPOINT = "endpoint";

    private final PolluxServer server;
    private ServerSettings settings;
    private @Nullable ServiceRegistration<?> registration;

    /**
     * Starts the server, which has no backend and no protocol yet.
     *
     * @throws IOException when the system has no descriptors for the loops
     */
    @Activate
    public RuntimeComponent(BundleContext context, RuntimeConfiguration configuration, Map<String, Object> raw)
            throws IOException {
        settings = SettingsReader.read(configuration, raw, ServerSettings.DEFAULT);
        String home = context.getProperty("pollux.home");
        String version = context.getProperty("pollux.version");
        server = new PolluxServer(
                settings,
                Path.of(home == null ? "" : home).toAbsolutePath(),
                version == null ? context.getBundle().getVersion().toString() : version);
    }

    /** What was there before is bound now. */
    @Activate
    void register(BundleContext context) {
        registration = context.registerService(
                new String[] {Server.class.getName(), ReactorFactory.class.getName()}, server, null);
    }

    @Modified
    void modified(RuntimeConfiguration configuration, Map<String, Object> raw) {
        settings = SettingsReader.read(configuration, raw, settings);
        server.configure(settings);
    }

    @Deactivate
    void deactivate() {
        if (registration != null) {
            registration.unregister();
        }
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

    // ---- protocols

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + ENDPOINT + "=*)",
            updated = "bindProtocol",
            unbind = "unbindProtocol")
    void bindProtocol(ServiceReference<Protocol> reference, Protocol protocol, Map<String, Object> properties) {
        boolean datagramsToo = Arrays.asList((String[]) properties.get(Constants.OBJECTCLASS))
                .contains(DatagramProtocol.class.getName());
        offer(
                reference,
                properties,
                Optional.of(protocol),
                datagramsToo && protocol instanceof DatagramProtocol both ? Optional.of(both) : Optional.empty());
    }

    void unbindProtocol(Map<String, Object> properties) {
        server.withdraw(id(properties));
    }

    /** Those that are a {@link Protocol} too come as such. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(&(" + ENDPOINT + "=*)(!(objectClass=org.pollux.reactor.Protocol)))",
            updated = "bindDatagramProtocol",
            unbind = "unbindDatagramProtocol")
    void bindDatagramProtocol(
            ServiceReference<DatagramProtocol> reference, DatagramProtocol protocol, Map<String, Object> properties) {
        offer(reference, properties, Optional.empty(), Optional.of(protocol));
    }

    void unbindDatagramProtocol(Map<String, Object> properties) {
        server.withdraw(id(properties));
    }

    /** No reference to the service's bundle is kept, only its name. */
    private void offer(
            ServiceReference<?> reference,
            Map<String, Object> properties,
            Optional<Protocol> streams,
            Optional<DatagramProtocol> datagrams) {
        Bundle bundle = reference.getBundle();
        server.offer(new ProtocolService(
                id(properties),
                ranking(properties),
                bundle == null ? "a bundle that is gone" : bundle.getSymbolicName(),
                streams,
                datagrams,
                EndpointList.of(properties.getOrDefault(ENDPOINT, ""))));
    }

    private static long id(Map<String, Object> properties) {
        return (Long) Objects.requireNonNull(properties.get(Constants.SERVICE_ID));
    }

    private static int ranking(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
