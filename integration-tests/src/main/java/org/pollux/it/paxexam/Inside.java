package org.pollux.it.paxexam;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Inside: a test takes its ordinary course, only what belongs to the class as a whole has been done already. */
record Inside(Bundle probe) implements Side {

    @Override
    public void enterClass(ExtensionContext context) {}

    @Override
    public void callOncePerClass(Invocation<@Nullable Void> invocation, Method method, ExtensionContext context) {
        // Here a class is executed once per test, so Outside, which sees it once, asks for these methods by a task of
        // their own.
        invocation.skip();
    }

    @Override
    public void callAroundTest(Invocation<@Nullable Void> invocation) throws Throwable {
        invocation.proceed();
    }

    @Override
    public void test(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        invocation.proceed();
    }

    @Override
    public <T extends @Nullable Object> T testFactory(Invocation<T> invocation, ExtensionContext context)
            throws Throwable {
        return invocation.proceed();
    }

    @Override
    public BundleContext bundleContext() {
        return probe.getBundleContext();
    }
}
