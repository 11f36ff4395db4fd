package org.pollux.it.paxexam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Inside: what most often is the reason for a service that is not there. */
final class Diagnosis {

    private Diagnosis() {}

    /** Bundles that do not run and components that wait or failed, a line each. */
    static String of(BundleContext context) {
        var lines = new ArrayList<String>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (!fragment && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0) {
                lines.add("bundle not started: " + bundle);
            }
        }
        lines.addAll(components(context));
        return lines.isEmpty()
                ? "; every bundle runs and no component waits for anything"
                : ":\n  " + String.join("\n  ", lines);
    }

    private static List<String> components(BundleContext context) {
        // By its name: without Declarative Services its classes are not there either.
        if (context.getServiceReference("org.osgi.service.component.runtime.ServiceComponentRuntime") == null) {
            return List.of("no Declarative Services in the container");
        }
        return Components.waiting(context);
    }

    /** Apart, so that it is linked only where Declarative Services are. */
    private static final class Components {

        static List<String> waiting(BundleContext context) {
            var runtime = context.getService(context.getServiceReference(ServiceComponentRuntime.class));
            return runtime.getComponentDescriptionDTOs().stream()
                    .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                    .flatMap(configuration -> describe(configuration).stream())
                    .toList();
        }

        private static List<String> describe(ComponentConfigurationDTO configuration) {
            var name = "component " + configuration.description.name;
            return switch (configuration.state) {
                case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                    List.of(name + " waits for its configuration");
                case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                    Arrays.stream(configuration.unsatisfiedReferences)
                            .map(reference -> name + " waits for its reference " + reference.name)
                            .toList();
                case ComponentConfigurationDTO.FAILED_ACTIVATION -> List.of(name + " failed: " + configuration.failure);
                default -> List.of();
            };
        }
    }
}
