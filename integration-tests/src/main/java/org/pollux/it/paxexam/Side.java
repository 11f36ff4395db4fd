package org.pollux.it.paxexam;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The side of the wall that this class was loaded on, and what the extension does there. */
sealed interface Side permits Outside, Inside {

    static Side here() {
        var bundle = FrameworkUtil.getBundle(Side.class);
        // Only the branch that is taken gets linked: inside there is no Pax Exam runtime for Outside to be linked with.
        return bundle == null ? new Outside() : new Inside(bundle);
    }

    void enterClass(ExtensionContext context) throws Exception;

    void callOncePerClass(Invocation<@Nullable Void> invocation, Method method, ExtensionContext context)
            throws Throwable;

    void callAroundTest(Invocation<@Nullable Void> invocation) throws Throwable;

    void test(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable;

    <T extends @Nullable Object> T testFactory(Invocation<T> invocation, ExtensionContext context) throws Throwable;

    BundleContext bundleContext();
}
