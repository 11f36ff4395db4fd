package org.pollux.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in plain words why a bundle is not resolved: the framework's own message is a chain of filters. */
final class Unresolved {

    private static final Pattern FLOOR = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern CEILING = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private Unresolved() {}

    static String reason(Bundle bundle, BundleContext context) {
        List<BundleCapability> offered = new ArrayList<>();
        for (Bundle other : context.getBundles()) {
            offered.addAll(revision(other).getDeclaredCapabilities(null));
        }
        Set<String> missing = new TreeSet<>();
        Set<String> waiting = new TreeSet<>();
        for (BundleRequirement requirement : revision(bundle).getDeclaredRequirements(null)) {
            if (!isMandatory(requirement)) {
                continue;
            }
            List<BundleCapability> providers =
                    offered.stream().filter(requirement::matches).toList();
            if (providers.isEmpty()) {
                missing.add(describe(requirement, offered));
            } else if (providers.stream().allMatch(capability -> isUnresolved(capability, bundle))) {
                waiting.add(providers.getFirst().getRevision().getSymbolicName());
            }
        }
        if (!missing.isEmpty()) {
            return String.join("; ", missing) + ". Copy a bundle that provides it to deploy/, or correct this one";
        }
        if (!waiting.isEmpty()) {
            return "it needs " + String.join(", ", waiting) + ", which cannot run itself";
        }
        return "everything it needs is installed, but not in compatible versions";
    }

    private static BundleRevision revision(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        String resolution = directives.get(Constants.RESOLUTION_DIRECTIVE);
        String effective = directives.get(Constants.EFFECTIVE_DIRECTIVE);
        return (resolution == null || resolution.equals(Constants.RESOLUTION_MANDATORY))
                && (effective == null || effective.equals(Constants.EFFECTIVE_RESOLVE));
    }

    private static boolean isUnresolved(BundleCapability capability, Bundle self) {
        Bundle provider = capability.getRevision().getBundle();
        return provider.getState() == Bundle.INSTALLED && !provider.equals(self);
    }

    private static String describe(BundleRequirement requirement, List<BundleCapability> offered) {
        String namespace = requirement.getNamespace();
        String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        return switch (namespace) {
            case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(value(namespace, filter), filter, offered);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                "it was built for another Java version than this "
                        + Runtime.version().feature() + ": " + filter;
            default -> "it needs " + namespace + " " + filter + ", which no bundle provides";
        };
    }

    private static String missingPackage(@Nullable String name, String filter, List<BundleCapability> offered) {
        Set<String> others = new TreeSet<>();
        for (BundleCapability capability : offered) {
            Map<String, Object> attributes = capability.getAttributes();
            if (String.valueOf(name).equals(attributes.get(PackageNamespace.PACKAGE_NAMESPACE))) {
                BundleRevision provider = capability.getRevision();
                boolean system = provider.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
                others.add(attributes.get(Constants.VERSION_ATTRIBUTE) + " of "
                        + (system ? "the server itself" : provider.getSymbolicName()));
            }
        }
        return "it imports the package " + name + range(filter)
                + (others.isEmpty() ? ", which no bundle exports" : ", but there is only " + String.join(", ", others));
    }

    /** As it is written in a manifest: {@code [1.0.0,2.0.0)}. */
    private static String range(String filter) {
        Matcher floor = FLOOR.matcher(filter);
        Matcher ceiling = CEILING.matcher(filter);
        String from = floor.find() ? floor.group(1) : "0";
        return ceiling.find() ? " [" + from + "," + ceiling.group(1) + ")" : " in version " + from + " or later";
    }

    private static @Nullable String value(String attribute, String filter) {
        Matcher value = Pattern.compile("\\(" + Pattern.quote(attribute) + "=([^)]+)\\)")
                .matcher(filter);
        return value.find() ? value.group(1) : null;
    }
}
