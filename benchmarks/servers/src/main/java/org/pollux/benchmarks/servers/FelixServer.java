package org.pollux.benchmarks.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Felix HTTP, which has Jetty 12 inside, in a framework of its own, with {@link PlaintextServlet}. */
final class FelixServer {

    private static final String SLF4J = Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            .map(name -> name + ";version=2.0.17")
            .collect(Collectors.joining(","));

    private FelixServer() {}

    /** Argument: the port. */
    public static void main(String[] args) throws Exception {
        Path own = Path.of(FelixServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path storage = Files.createTempDirectory("felix-");
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        "org.osgi.framework.storage", storage.toString(),
                        "org.osgi.framework.storage.clean", "onFirstInit",
                        "org.apache.felix.http.host", "127.0.0.1",
                        "org.osgi.service.http.port", args[0],
                        "org.osgi.framework.system.packages.extra", SLF4J));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(framework, storage)));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (File jar : own.resolveSibling("felix").toFile().listFiles()) {
            bundles.add(framework.getBundleContext().installBundle(jar.toURI().toString()));
        }
        bundles.add(framework.getBundleContext().installBundle(own.toUri().toString()));
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        framework.waitForStop(0);
    }

    private static void end(Framework framework, Path storage) {
        try {
            framework.stop();
            framework.waitForStop(10_000);
            try (Stream<Path> files = Files.walk(storage)) {
                files.sorted((one, other) -> other.compareTo(one)).map(Path::toFile).forEach(File::delete);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
