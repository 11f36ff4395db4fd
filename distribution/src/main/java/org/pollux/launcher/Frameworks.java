package org.pollux.launcher;

import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The OSGi framework that runs the bundles: the first one on the class path. The manifest of the launcher's jar names Felix, and
 * {@code pollux run --framework NAME} puts another one before it.
 *
 * <p>The order is the choice, because each brings its own {@code org.osgi.framework} and {@code org.apache.felix.resolver}. Equinox
 * behind Felix fails: its jar is signed, and the packages that both have would come from two jars.
 */
final class Frameworks {

    /** The file in the jar of a framework that makes it one. */
    static final String SERVICE = "META-INF/services/" + FrameworkFactory.class.getName();

    private Frameworks() {}

    /** The factory of the first framework that a class loader has. */
    static FrameworkFactory first(ClassLoader loader) throws StartException {
        return ServiceLoader.load(FrameworkFactory.class, loader)
                .findFirst()
                .orElseThrow(() -> new StartException(
                        "no OSGi framework is on the class path: start the server by bin/pollux, or put a jar of"
                                + " lib/frameworks/ before lib/pollux.jar"));
    }

    /** Makes a framework that writes to our log and to nothing else. */
    static Framework make(FrameworkFactory factory, Map<String, String> properties) {
        if (factory.getClass().getName().startsWith("org.apache.felix.")) {
            FelixLog.addTo(properties);
        }
        return factory.newFramework(properties);
    }
}
