package org.pollux.it.paxexam;

import static org.ops4j.pax.exam.CoreOptions.bootDelegationPackage;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** What the containers of most tests have in common; each part is made of jars that the tests depend on. */
public final class Platform {

    private Platform() {}

    /** All of the parts below, and a framework that keeps bundles from seeing the class path around it. */
    public static Option base() {
        return composite(isolation(), slf4j(), services(), junit());
    }

    /** Declarative Services, Configuration Admin, Metatype and the OSGi log. */
    public static Option services() {
        return composite(
                Bundles.bundles(
                        "org.osgi.util.function",
                        "org.osgi.util.promise",
                        "org.osgi.service.component",
                        "org.apache.felix.log",
                        "org.apache.felix.configadmin",
                        "org.apache.felix.metatype",
                        "org.apache.felix.scr"),
                // The log keeps entries that refer to services, and on Equinox a reference keeps its service: a class
                // loader of a bundle that was updated would stay.
                frameworkProperty("org.apache.felix.log.maxSize").value("0"));
    }

    /** The JUnit that runs the tests inside; no container does without. */
    public static Option junit() {
        return Bundles.bundles(
                "opentest4j",
                "junit-platform-commons",
                "junit-platform-engine",
                "junit-platform-launcher",
                "junit-jupiter-api",
                "junit-jupiter-params",
                "junit-jupiter-engine");
    }

    /**
     * SLF4J 2 as the framework's own packages, from slf4j-api on the class path and, in a forked container, slf4j-simple beside it.
     *
     * <p>As a bundle slf4j-api asks for a ServiceLoader mediator, which rewrites classes as they are loaded; this way it finds its
     * provider as anywhere, and a native container logs where the build's tests do.
     */
    public static Option slf4j() {
        var version = ";version=" + ClassPath.header(Bundles.file("slf4j-api"), "Bundle-Version");
        var packages = Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                .map(name -> name + version)
                .toArray(String[]::new);
        return composite(
                systemPackages(packages),
                // A forked container's logger has no file to say so in.
                systemProperty("org.slf4j.simpleLogger.defaultLogLevel").value("warn"),
                Bundles.library("slf4j-api"),
                Bundles.library("slf4j-simple"));
    }

    private static Option isolation() {
        return composite(
                // Otherwise Felix and Equinox, in doubt, load from the class path around it, and a missing
                // Import-Package stays unnoticed.
                frameworkProperty("felix.bootdelegation.implicit").value("false"),
                frameworkProperty("osgi.compatibility.bootdelegation").value("false"),
                // The JVM writes a reference to this package into every class of JFR events, JUnit's launcher has some.
                bootDelegationPackage("jdk.jfr.internal.event"));
    }
}
