package org.pollux.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.pollux.it.paxexam.Bundles;
import org.pollux.it.paxexam.InContainer;
import org.pollux.it.paxexam.Services;

@InContainer
final class BundlesIT {

    private static final List<String> OURS = List.of(
            "admin-metrics",
            "reactor-framing",
            "protocol-http-api",
            "protocol-http",
            "protocol-http-client",
            "protocol-http-files",
            "protocol-http-filters",
            "protocol-http-websocket",
            "admin-dashboard",
            "protocol-echo",
            "samples-http",
            "samples-protocol");

    @Configuration
    static Option[] container() {
        return new Option[] {Pollux.server()};
    }

    @Test
    void everyBundleResolvesAndStartsAndItsComponentsAreSatisfied(BundleContext context) throws Exception {
        var pollux = new Pollux(context);
        // not the standard ports: something else may listen there
        pollux.configure("pollux.echo", java.util.Map.of("endpoint", "tcp://127.0.0.1:0"));
        pollux.configure("pollux.http", java.util.Map.of("endpoint", "tcp://127.0.0.1:0"));
        pollux.configure("pollux.samples.capitals", java.util.Map.of("endpoint", "tcp://127.0.0.1:0"));
        for (String name : OURS) {
            context.installBundle(Bundles.url(name));
        }
        var installed = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.pollux."))
                .toList();
        for (Bundle bundle : installed) {
            bundle.start();
            assertEquals(Bundle.ACTIVE, bundle.getState(), bundle::toString);
        }
        var components = Services.await(context, ServiceComponentRuntime.class, Pollux.PATIENCE);
        var descriptions = components.getComponentDescriptionDTOs(installed.toArray(Bundle[]::new));
        assertTrue(descriptions.size() >= 6, () -> "too few components: " + descriptions.size());
        for (var description : descriptions) {
            for (ComponentConfigurationDTO component : components.getComponentConfigurationDTOs(description)) {
                assertTrue(
                        component.state == ComponentConfigurationDTO.SATISFIED
                                || component.state == ComponentConfigurationDTO.ACTIVE,
                        () -> description.name + " has state " + component.state);
            }
        }
        assertEquals("nio", pollux.status().backend());
        assertTrue(pollux.port("org.pollux.protocol-echo") > 0);
        assertTrue(pollux.port("org.pollux.protocol-http") > 0);
    }
}
