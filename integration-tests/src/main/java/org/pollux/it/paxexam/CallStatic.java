package org.pollux.it.paxexam;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.BundleContext;

/**
 * Calls a {@code @BeforeAll} or {@code @AfterAll} method.
 *
 * @param className the class that declares it
 * @param parameters the names of its parameters' types
 */
record CallStatic(String className, String methodName, List<String> parameters) implements Task {

    @Override
    public Report run(BundleContext probe) throws Exception {
        var arguments = parameters.stream().map(type -> argument(type, probe)).toArray();
        try {
            method().invoke(null, arguments);
            return new Report(List.of());
        } catch (InvocationTargetException e) {
            return Report.of(e.getTargetException());
        }
    }

    private Object argument(String type, BundleContext probe) {
        if (type.equals(BundleContext.class.getName())) {
            return probe;
        }
        throw new IllegalArgumentException(
                className + "." + methodName + " takes a " + type
                        + ", but a method that is called once per class can only be given a BundleContext inside the container");
    }

    private Method method() throws ReflectiveOperationException {
        for (Method method :
                CallStatic.class.getClassLoader().loadClass(className).getDeclaredMethods()) {
            var types = Arrays.stream(method.getParameterTypes())
                    .map(Class::getName)
                    .toList();
            if (method.getName().equals(methodName) && types.equals(parameters)) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new NoSuchMethodException(className + "." + methodName + parameters);
    }
}
