package org.pollux.reactor.server.osgi;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pollux.reactor.DatagramProtocol;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.server.PolluxServer;
import org.pollux.reactor.server.offer.EndpointList;
import org.pollux.reactor.server.offer.ProtocolOffer;

/** Follows the services of protocols that have an endpoint, and reports each to the server. */
@Component(
        immediate = true,
        service = {})
public final class Whiteboard {

    private static final String ENDPOINT = "endpoint";
    private static final String LOOP = "loop";
    private static final String ALPN = "alpn";

    /** Of a protocol through which the server is administered. Its endpoints are open while the server starts. */
    private static final String ADMINISTRATION = "pollux.administration";

    private final PolluxServer server;

    private final BundleContext context;

    @Activate
    public Whiteboard(BundleContext context, @Reference RuntimeComponent runtime) {
        this.context = context;
        server = runtime.server();
    }

    /**
     * When the bundle stops, the server ends as a whole: protocols that were withdrawn one by one before would leave those who
     * connect meanwhile in the backlog, to be reset.
     */
    @Deactivate
    void deactivate() {
        if (context.getBundle().getState() == Bundle.STOPPING) {
            server.close();
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + ENDPOINT + "=*)",
            updated = "bindProtocol",
            unbind = "unbindProtocol")
    void bindProtocol(ServiceReference<Protocol> reference, Protocol protocol, Map<String, Object> properties) {
        boolean datagramsToo = Arrays.asList((Object[]) properties.getOrDefault(Constants.OBJECTCLASS, new Object[0]))
                .contains(DatagramProtocol.class.getName());
        offer(
                reference,
                properties,
                Optional.of(protocol),
                datagramsToo && protocol instanceof DatagramProtocol both ? Optional.of(both) : Optional.empty());
    }

    void unbindProtocol(ServiceReference<Protocol> reference, Map<String, Object> properties) {
        withdraw(reference, properties);
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

    void unbindDatagramProtocol(ServiceReference<DatagramProtocol> reference, Map<String, Object> properties) {
        withdraw(reference, properties);
    }

    private void withdraw(ServiceReference<?> reference, Map<String, Object> properties) {
        Bundle bundle = reference.getBundle();
        server.withdraw(id(properties), bundle == null ? () -> false : new Transit(context, bundle));
    }

    /** No reference to the service's bundle is kept, only its name. */
    private void offer(
            ServiceReference<?> reference,
            Map<String, Object> properties,
            Optional<Protocol> streams,
            Optional<DatagramProtocol> datagrams) {
        Bundle bundle = reference.getBundle();
        server.offer(new ProtocolOffer(
                id(properties),
                RuntimeComponent.ranking(properties),
                bundle == null ? "a bundle that was removed" : bundle.getSymbolicName(),
                streams,
                datagrams,
                endpoints(properties),
                Boolean.parseBoolean(String.valueOf(properties.get(ADMINISTRATION))),
                LoopChoice.isAdmin(properties.get(LOOP)),
                EndpointList.texts(properties.getOrDefault(ALPN, ""))));
    }

    private static EndpointList endpoints(Map<String, Object> properties) {
        EndpointList endpoints = EndpointList.of(properties.getOrDefault(ENDPOINT, ""));
        return LoopChoice.problem(properties.get(LOOP))
                .map(problem -> endpoints.withProblem("loop = " + properties.get(LOOP), problem))
                .orElse(endpoints);
    }

    private static long id(Map<String, Object> properties) {
        return (Long) Objects.requireNonNull(properties.get(Constants.SERVICE_ID));
    }
}
