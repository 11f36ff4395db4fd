package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Puts a jar into {@code deploy/} or takes one out, waits until the server has followed, and tells the result. From any thread that
 * may wait.
 */
final class Deployment {

    private final BundleContext system;
    private final Path folder;
    private final Supplier<Map<Path, DeployedJar.Seen>> looks;
    private final DeployedFile.Wait server;

    /**
     * @param looks what the last look at the folder has found
     * @param patience how long to wait for the server
     */
    Deployment(BundleContext system, Path folder, Supplier<Map<Path, DeployedJar.Seen>> looks, Duration patience) {
        this.system = system;
        this.folder = folder;
        this.looks = looks;
        this.server = new DeployedFile.Wait(patience);
    }

    /**
     * Copies a jar into the folder in one step, so that no half of it is ever installed.
     *
     * @return that its bundle runs, and where it serves, in one line
     * @throws IllegalArgumentException when the file is not a jar
     * @throws IllegalStateException when its bundle does not run, with the reason
     * @throws IOException when it cannot be copied
     */
    String deploy(Path source) throws IOException, InterruptedException {
        Path target = DeployedFile.copy(source, ".jar", folder);
        DeployedJar.Stamp stamp = DeployedJar.Stamp.of(target);
        return outcome(server.await(
                target + " is not in force after " + server.seconds() + " s; 'pollux status' and the log say more",
                () -> Optional.ofNullable(looks.get().get(target))
                        .filter(seen -> seen.stamp().equals(stamp) && isDecided(seen))));
    }

    private static boolean isDecided(DeployedJar.Seen seen) {
        return switch (seen.state()) {
            case SETTLING -> false;
            case IN_FORCE -> seen.bundle().stream().noneMatch(bundle -> bundle.getState() == Bundle.STARTING);
            case DUPLICATE, REFUSED -> true;
        };
    }

    private String outcome(DeployedJar.Seen seen) {
        Bundle bundle = seen.bundle().orElse(null);
        if (seen.problem().isPresent() || bundle == null) {
            throw new IllegalStateException(seen.problem().orElse("it is not installed; the log has the reason"));
        }
        String named = bundle.getSymbolicName() + " " + bundle.getVersion() + " (bundle " + bundle.getBundleId() + ")";
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return named + " is installed; it is a fragment";
        }
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> named + " runs" + serves(bundle);
            case Bundle.INSTALLED ->
                throw new IllegalStateException(named + " cannot run: " + Unresolved.reason(bundle, system));
            default -> throw new IllegalStateException(named + " failed to start: the log has the reason");
        };
    }

    /** The endpoints and paths of its services. */
    private static String serves(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        if (services == null) {
            return "";
        }
        String places = Arrays.stream(services)
                .flatMap(service -> Stream.of(service.getProperty("endpoint"), service.getProperty("path")))
                .filter(Objects::nonNull)
                .flatMap(value -> value instanceof Object[] several ? Arrays.stream(several) : Stream.of(value))
                .map(String::valueOf)
                .filter(place -> !place.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return places.isEmpty() ? "" : ", with " + places;
    }

    /**
     * Removes a jar from the folder, and waits until its bundle is uninstalled.
     *
     * @param name of the file, with or without {@code .jar}, or the symbolic name of its bundle
     * @return what has happened, in one line
     * @throws IllegalArgumentException when there is none
     */
    String undeploy(String name) throws IOException, InterruptedException {
        Map<Path, DeployedJar.Seen> now = looks.get();
        Map.Entry<Path, DeployedJar.Seen> found = now.entrySet().stream()
                .filter(each -> isNamed(each.getKey(), each.getValue(), name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not in " + folder + "; the folder "
                        + (now.isEmpty() ? "is empty" : "has " + String.join(", ", names()))));
        Path file = found.getKey();
        Files.delete(file);
        server.await(
                file + " is removed, but the server has not followed after " + server.seconds()
                        + " s; the log says more",
                () -> looks.get().containsKey(file) ? Optional.empty() : Optional.of(file));
        return found.getValue()
                .bundle()
                .map(gone -> gone.getSymbolicName() + " " + gone.getVersion()
                        + (gone.getState() == Bundle.UNINSTALLED
                                ? " is uninstalled"
                                : " is that of the distribution again"))
                .orElse(file.getFileName() + " is removed");
    }

    private static boolean isNamed(Path file, DeployedJar.Seen seen, String name) {
        String own = file.getFileName().toString();
        return own.equals(name)
                || own.equals(name + ".jar")
                || seen.bundle()
                        .filter(bundle -> name.equals(bundle.getSymbolicName()))
                        .isPresent();
    }

    /** The names of the jars in the folder. */
    List<String> names() {
        return looks.get().keySet().stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }
}
