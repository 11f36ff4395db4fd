package org.pollux.servlet.osgi;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.pollux.servlet.sessions.ClassHome;

/** Classes by the symbolic name of their bundle: the next version of a bundle has the same name. */
final class BundleClasses implements ClassHome {

    private final BundleContext context;

    BundleClasses(BundleContext context) {
        this.context = context;
    }

    @Override
    public String of(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        return bundle == null || bundle.getBundleId() == 0 ? "" : bundle.getSymbolicName();
    }

    @Override
    public Class<?> load(String home, String name) throws ClassNotFoundException {
        for (Bundle bundle : context.getBundles()) {
            if (home.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE) {
                return bundle.loadClass(name);
            }
        }
        throw new ClassNotFoundException(name + ": its bundle " + home + " is not active");
    }
}
