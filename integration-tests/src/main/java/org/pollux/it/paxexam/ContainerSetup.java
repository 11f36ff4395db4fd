package org.pollux.it.paxexam;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Info;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.options.BootClasspathLibraryOption;
import org.ops4j.pax.exam.options.extra.VMOption;

/**
 * Outside: the container that a test class asks for.
 *
 * @param wanted the options of its {@code @Configuration} method
 */
record ContainerSetup(Container container, List<Option> wanted) {

    private static final long START_TIMEOUT_MILLIS = 60_000;

    static ContainerSetup of(Class<?> testClass) {
        var container = AnnotationSupport.findAnnotation(testClass, InContainer.class)
                .map(InContainer::value)
                .orElse(Container.NATIVE);
        return new ContainerSetup(container, List.of(OptionUtils.expand(configuration(testClass))));
    }

    /** All options: where one counts once, the test class's own come last and so win. */
    Option[] options(Path folder) {
        var ours = composite(
                workingDirectory(folder.resolve("framework").toString()),
                systemTimeout(START_TIMEOUT_MILLIS),
                systemProperty(ClassPath.PROPERTY).value(ClassPath.current().text()),
                // Felix resolves with threads that outlive it otherwise.
                frameworkProperty("felix.resolver.parallelism").value("1"));
        return switch (container) {
            case NATIVE -> OptionUtils.combine(ours.getOptions(), nativeOptions());
            case FORKED -> OptionUtils.combine(ours.getOptions(), forkedOptions());
        };
    }

    private Option[] nativeOptions() {
        var flags = flags();
        if (!flags.isEmpty()) {
            throw new ExtensionConfigurationException("a native container runs in this JVM, which cannot be given "
                    + flags.getFirst() + " any more: use @InContainer(Container.FORKED)");
        }
        // The framework's class path is this JVM's.
        return OptionUtils.remove(BootClasspathLibraryOption.class, array());
    }

    private Option[] forkedOptions() {
        ForkedJvm.check(flags());
        // What the native container does by itself: the classes that a @Configuration method mentions must be there for
        // its class to load.
        var version = ";version=" + Info.getPaxExamVersion();
        var api = composite(
                Bundles.library("pax-exam"),
                systemPackages(
                        "org.ops4j.pax.exam" + version,
                        "org.ops4j.pax.exam.options" + version,
                        "org.ops4j.pax.exam.util" + version),
                // Felix 7 uses sun.misc.Unsafe, and the JVM would say so at every start.
                vmOption("--sun-misc-unsafe-memory-access=allow"));
        return OptionUtils.combine(api.getOptions(), array());
    }

    private List<String> flags() {
        return Stream.of(OptionUtils.filter(VMOption.class, array()))
                .map(VMOption::getOption)
                .toList();
    }

    private Option[] array() {
        return wanted.toArray(Option[]::new);
    }

    private static Option[] configuration(Class<?> testClass) {
        var methods =
                AnnotationSupport.findAnnotatedMethods(testClass, Configuration.class, HierarchyTraversalMode.TOP_DOWN);
        if (methods.size() != 1) {
            throw new ExtensionConfigurationException(testClass.getName() + " needs one method annotated with "
                    + Configuration.class.getName() + ", but has " + methods.size());
        }
        var method = methods.getFirst();
        var target = Modifier.isStatic(method.getModifiers()) ? null : ReflectionSupport.newInstance(testClass);
        return switch (ReflectionSupport.invokeMethod(method, target)) {
            case Option[] options -> options;
            case Option option -> new Option[] {option};
            case null, default -> throw new ExtensionConfigurationException(method + " must return Option[] or Option");
        };
    }
}
