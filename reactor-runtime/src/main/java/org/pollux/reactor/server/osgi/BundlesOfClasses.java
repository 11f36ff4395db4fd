package org.pollux.reactor.server.osgi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Finds the bundle that a class of a stack comes from, by its file in the bundle: a stack has names only. */
final class BundlesOfClasses {

    private static final Set<String> JDK = Set.of("java", "javax", "jdk", "sun", "com.sun");

    private final BundleContext context;

    BundlesOfClasses(BundleContext context) {
        this.context = context;
    }

    /** The bundle of the innermost frame that is in one, this bundle not counted. */
    Optional<String> ofStack(List<StackTraceElement> stack) {
        List<Bundle> bundles = Arrays.asList(context.getBundles());
        return stack.stream()
                .map(StackTraceElement::getClassName)
                .filter(name -> !isOfJdk(name))
                .flatMap(name -> bundles.stream()
                        .filter(bundle -> contains(bundle, name))
                        .limit(1))
                .filter(bundle -> !bundle.equals(context.getBundle()))
                .map(Bundle::getSymbolicName)
                .findFirst();
    }

    /** Whether a class is the bundle's own. */
    static boolean contains(Bundle bundle, String className) {
        if (bundle.getBundleId() == 0 || isOfJdk(className)) {
            return false;
        }
        int hidden = className.indexOf('/'); // of a lambda's class, which has no file
        String named = hidden < 0 ? className : className.substring(0, hidden);
        int lambda = named.indexOf("$$");
        String file = (lambda < 0 ? named : named.substring(0, lambda)).replace('.', '/') + ".class";
        try {
            return bundle.getEntry(file) != null;
        } catch (IllegalStateException e) { // uninstalled
            return false;
        }
    }

    private static boolean isOfJdk(String className) {
        return JDK.stream().anyMatch(jdk -> className.startsWith(jdk + "."));
    }
}
