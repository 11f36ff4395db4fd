package org.pollux.it.paxexam;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestContainerFactory;
import org.ops4j.pax.exam.forked.ForkedTestContainerFactory;
import org.ops4j.pax.exam.nat.internal.NativeTestContainerFactory;
import org.ops4j.pax.exam.spi.DefaultExamSystem;

/** Outside: one container with its probe, from the start before a class's first test to the stop after its last. */
final class ContainerRun implements AutoCloseable {

    private static final String CRASH =
            "the forked JVM is gone: see what it printed, and whether it left an hs_err_pid*.log in its working directory";

    private final ClassLoader loader;
    private final TestContainer container;
    private final Surroundings surroundings;

    private ContainerRun(ClassLoader loader, TestContainer container, Surroundings surroundings) {
        this.loader = loader;
        this.container = container;
        this.surroundings = surroundings;
    }

    /** Returns when every bundle has started; otherwise nothing is left behind and the exception says why. */
    static ContainerRun start(Class<?> testClass) throws Exception {
        var setup = ContainerSetup.of(testClass);
        var surroundings = Surroundings.remember();
        try {
            var system = DefaultExamSystem.create(setup.options(surroundings.folder()));
            var container = only(factory(setup.container()).create(system));
            return boot(testClass, container, surroundings);
        } catch (Throwable e) {
            closeAfter(e, surroundings);
            throw e;
        }
    }

    /** Has the probe do it. */
    Report ask(Task task) throws IOException, ClassNotFoundException {
        var report = surroundings.folder().resolve("report");
        Files.deleteIfExists(report);
        try {
            container.call(new ProbeAddress(Wire.write(task), report.toString()));
        } catch (TestContainerException e) {
            throw surroundings.jvmIsGone() ? new TestContainerException(CRASH, e) : e;
        }
        return Wire.read(Files.readString(report), Report.class, loader);
    }

    @Override
    public void close() throws IOException {
        try (surroundings) {
            container.stop();
        }
    }

    private static ContainerRun boot(Class<?> testClass, TestContainer container, Surroundings surroundings)
            throws Exception {
        try {
            try {
                container.start();
            } finally {
                surroundings.started();
            }
            if (container.installProbe(new ByteArrayInputStream(ProbeBundle.of(testClass))) < 0) {
                throw new TestContainerException("the probe does not start, the reason is on standard error");
            }
            var run = new ContainerRun(testClass.getClassLoader(), container, surroundings);
            run.checkBundles();
            return run;
        } catch (Throwable e) {
            closeAfter(e, container::stop);
            throw e;
        }
    }

    private void checkBundles() throws Exception {
        try {
            ask(new CheckBundles()).replay();
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new TestContainerException("the container did not start", e);
        }
    }

    /** Frees what a failed start holds, and keeps the failure that is the cause in front. */
    private static void closeAfter(Throwable failure, AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private static TestContainerFactory factory(Container container) {
        return switch (container) {
            case NATIVE -> new NativeTestContainerFactory();
            case FORKED -> new ForkedTestContainerFactory();
        };
    }

    private static TestContainer only(TestContainer[] containers) {
        if (containers.length == 1) {
            return containers[0];
        }
        throw new TestContainerException(
                "one OSGi framework is wanted on the class path, but there are several: " + List.of(containers));
    }
}
