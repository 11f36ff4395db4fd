package org.pollux.it.paxexam;

import java.nio.file.Path;
import java.util.Arrays;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/**
 * Finds bundles by name among the jars that the tests depend on.
 *
 * <p>So a bundle of the same Maven reactor is the file that was packaged a moment ago, nothing has to be installed into a repository,
 * and nothing is resolved or downloaded at run time. A name is an artifactId or a bundle symbolic name; the version is the pom's affair.
 */
public final class Bundles {

    private Bundles() {}

    /** Puts the bundle into the container. A fragment is installed, anything else also started. */
    public static UrlProvisionOption bundle(String name) {
        return bundle(file(name));
    }

    /** Puts a bundle from any file into the container. */
    public static UrlProvisionOption bundle(Path file) {
        var option = CoreOptions.bundle(file.toUri().toString());
        return ClassPath.header(file, "Fragment-Host").isEmpty() ? option : option.noStart();
    }

    /** Puts several bundles into the container, started in this order. */
    public static Option bundles(String... names) {
        return CoreOptions.composite(Arrays.stream(names).map(Bundles::bundle).toArray(Option[]::new));
    }

    /**
     * The bundle's file.
     *
     * <p>Works inside the container too, for a test that installs or updates bundles while it runs:
     * {@code context.installBundle(Bundles.url("echo"))}.
     *
     * @throws IllegalArgumentException if there is no such jar, or more than one
     */
    public static Path file(String name) {
        return ClassPath.current().jar(name);
    }

    /** Puts a jar on the class path of a forked framework; that of a native one has it already. */
    static Option library(String name) {
        // Not the file's URI: Pax Exam takes the path as it stands, so an encoded space would stay one.
        return CoreOptions.bootClasspathLibrary("file:" + file(name)).afterFramework();
    }

    /** The URL of the bundle's file, as {@code BundleContext.installBundle} takes it. */
    public static String url(String name) {
        return file(name).toUri().toString();
    }
}
