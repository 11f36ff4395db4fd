package org.pollux.it.paxexam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.exam.ProbeInvoker;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Inside: the end that Pax Exam's containers call. Public because they do it by reflection.
 *
 * <p>A bundle activator rather than a component: a container need not have Declarative Services, and what tests them must not need them.
 */
public final class Probe implements BundleActivator, ProbeInvoker {

    /** What Pax Exam finds the probe by: the value of its service property Probe-Signature. */
    static final String SIGNATURE = "org.pollux.it.paxexam";

    private @Nullable BundleContext context;

    /** For the framework. */
    public Probe() {}

    @Override
    public void start(BundleContext context) {
        this.context = context;
        context.registerService(
                ProbeInvoker.class, this, FrameworkUtil.asDictionary(Map.of("Probe-Signature", SIGNATURE)));
    }

    @Override
    public void stop(BundleContext context) {
        this.context = null;
    }

    /**
     * Runs a task.
     *
     * <p>The report goes into a file, because it is the one way that both kinds of container leave open: a call returns nothing, and an
     * exception leaves a forked JVM only if the other one knows its class.
     *
     * @param arguments a {@link Task} as text, and the path for the {@link Report}
     */
    @Override
    public void call(Object... arguments) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // JUnit loads test classes through it. In a native container it would be the outside's, and the test would run
        // out there.
        thread.setContextClassLoader(Probe.class.getClassLoader());
        try {
            Files.writeString(Path.of((String) arguments[1]), Wire.write(run((String) arguments[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Report run(String task) {
        try {
            return Wire.read(task, Task.class, Probe.class.getClassLoader()).run(Objects.requireNonNull(context));
        } catch (Throwable e) {
            // Errors too: a missing bundle shows as a NoClassDefFoundError.
            return Report.of(e);
        }
    }
}
