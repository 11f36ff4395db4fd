package org.pollux.it.paxexam;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Stands in for the BundleContext outside, in parameters of methods that are not called, and of constructors, which are. */
final class AbsentContext implements InvocationHandler {

    static final BundleContext INSTANCE = (BundleContext) Proxy.newProxyInstance(
            AbsentContext.class.getClassLoader(), new Class<?>[] {BundleContext.class}, new AbsentContext());

    private AbsentContext() {}

    @Override
    public Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (method.getName().equals("toString")) {
            return "no BundleContext outside the container";
        }
        throw new IllegalStateException("BundleContext." + method.getName()
                + " was called outside the container, where constructors run too: use it in @BeforeEach or later");
    }
}
