package org.pollux.it.paxexam;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.osgi.framework.BundleContext;

/** Outside: no method and no constructor of the test class is called; the probe is asked instead, and its report replayed. */
final class Outside implements Side {

    private static final Namespace NAMESPACE = Namespace.create(PaxExam.class);

    @Override
    public void enterClass(ExtensionContext context) throws Exception {
        var testClass = context.getRequiredTestClass();
        if (context.getTestInstanceLifecycle()
                .filter(Lifecycle.PER_CLASS::equals)
                .isPresent()) {
            throw new ExtensionConfigurationException(testClass.getName()
                    + " asks for one instance per class, but inside the container every test is an execution of its own:"
                    + " keep what tests share in static fields");
        }
        var store = context.getStore(NAMESPACE);
        var running = store.get(ContainerRun.class, ContainerRun.class);
        if (running == null) {
            // JUnit closes it with the context of this class, whatever happens to its tests.
            store.put(ContainerRun.class, ContainerRun.start(testClass));
        } else if (testClass.getDeclaredAnnotation(InContainer.class) != null) {
            throw new ExtensionConfigurationException(testClass.getName()
                    + " is nested in a class that has a container already: move @InContainer there, or this class out");
        }
    }

    @Override
    public Object createInstance(TestInstanceFactoryContext wanted, ExtensionContext context) {
        return EmptyInstance.of(wanted.getTestClass());
    }

    @Override
    public void callOncePerClass(Invocation<@Nullable Void> invocation, Method method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        var parameters =
                Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
        container(context)
                .ask(new CallStatic(method.getDeclaringClass().getName(), method.getName(), parameters))
                .replay();
    }

    @Override
    public void callAroundTest(Invocation<@Nullable Void> invocation) {
        invocation.skip();
    }

    @Override
    public void test(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        invocation.skip();
        container(context).ask(RunTest.of(context.getUniqueId())).replay();
    }

    @Override
    @SuppressWarnings("unchecked") // JUnit takes any stream or collection of tests, whatever the factory declares
    public <T extends @Nullable Object> T testFactory(Invocation<T> invocation, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        return (T) container(context).ask(RunTest.of(context.getUniqueId())).asDynamicTests();
    }

    @Override
    public BundleContext bundleContext() {
        return AbsentContext.INSTANCE;
    }

    private static ContainerRun container(ExtensionContext context) {
        var running = context.getStore(NAMESPACE).get(ContainerRun.class, ContainerRun.class);
        if (running == null) {
            throw new IllegalStateException(
                    "no container runs for " + context.getDisplayName() + ": PaxExam must be registered on the class");
        }
        return running;
    }
}
