package org.pollux.reactor.server.osgi;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Reports the components that should run and do not, with their reasons. Declarative Services describe every component with all its
 * services when they are asked, which is most of what a status costs. So a report is kept while the framework is quiet.
 */
@Component(service = Supplier.class, property = "pollux.faults=components")
public final class ComponentFaults implements Supplier<List<String>> {

    private final ServiceComponentRuntime components;
    private final BundleContext context;
    private final KeptReport report = new KeptReport(this::read, System::nanoTime);
    private final ServiceListener services = _ -> report.onEvent();
    private final BundleListener bundles = _ -> report.onEvent();

    /** Follows the framework of this bundle. */
    @Activate
    public ComponentFaults(@Reference ServiceComponentRuntime components, BundleContext context) {
        this.components = components;
        this.context = context;
        context.addServiceListener(services);
        context.addBundleListener(bundles);
    }

    @Deactivate
    void close() {
        context.removeServiceListener(services);
        context.removeBundleListener(bundles);
    }

    /** A line for each. */
    @Override
    public List<String> get() {
        return report.get();
    }

    private List<String> read() {
        List<String> faults = new ArrayList<>();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                String of = "component " + description.name + " of " + description.bundle.symbolicName;
                switch (configuration.state) {
                    case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                        faults.add(of + " waits for its configuration: "
                                + String.join(", ", description.configurationPid));
                    case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                        faults.add(of + " waits for " + missing(description, configuration));
                    case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                        faults.add(of + " failed: " + reason(configuration.failure));
                    default -> {}
                }
            }
        }
        return faults;
    }

    private static String missing(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        List<String> missing = new ArrayList<>();
        for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
            for (var declared : description.references) {
                if (declared.name.equals(reference.name)) {
                    missing.add("a service " + declared.interfaceName
                            + (reference.target == null ? "" : " with " + reference.target));
                }
            }
        }
        return String.join(" and ", missing);
    }

    /** The beginning of a stack trace, without the wrapping of a constructor's exception. */
    static String reason(@Nullable String failure) {
        if (failure == null) {
            return "the log says why";
        }
        return failure.lines()
                .filter(line -> !line.startsWith("\t") && !line.startsWith(InvocationTargetException.class.getName()))
                .map(line -> line.replaceFirst("^Caused by: ", ""))
                .findFirst()
                .orElse(failure);
    }
}
