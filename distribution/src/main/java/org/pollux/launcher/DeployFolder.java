package org.pollux.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Installs the jars in {@code deploy/} as bundles, updates bundles whose jars change, and uninstalls bundles whose jars are
 * removed. It knows for each jar that is not in force why, and installs it when the reason has disappeared.
 *
 * <p>FileInstall is not used for this. It takes a second jar with the same name and version for the same bundle. Removing one
 * then uninstalls the bundle, and the other jar silently stays in the folder.
 *
 * <p>A jar is installed when it is complete and has not changed for a while. It is removed when it has been missing for a while.
 * One thread watches. Any thread may call {@link #problems} and {@link #isUpdating}.
 */
final class DeployFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

    /** So many looks in a row find a file as it was, before it is taken: a copy that pauses goes on within that time. */
    private static final int SETTLED = 2;

    /** So many until a file that cannot be read as a jar is not one that is still being written. */
    private static final int GIVEN_UP = 10;

    private final BundleContext system;
    private final Path folder;
    private final Problems log;
    private final Rewiring rewiring;
    private final Map<Path, DeployedJar> jars = new TreeMap<>();
    private final Set<Bundle> toStart = new LinkedHashSet<>();
    private final Set<Path> missing = new LinkedHashSet<>();
    private final Set<Bundle> updating = ConcurrentHashMap.newKeySet();
    private long wired;
    private volatile List<String> problems = List.of();
    private volatile Map<Path, DeployedJar.Seen> seen = Map.of();

    DeployFolder(BundleContext system, Path folder, Problems log) {
        this.system = system;
        this.folder = folder;
        this.log = log;
        this.rewiring = new Rewiring(system);
    }

    /** Why jars are not in force, a line each. From any thread. */
    List<String> problems() {
        return problems;
    }

    /** The jars as the last look has left them; from any thread. */
    Map<Path, DeployedJar.Seen> seen() {
        return seen;
    }

    /** Installs what is there, to be started when the framework reaches its level. Before the framework starts. */
    void installAll() throws InterruptedException {
        look(true);
    }

    /** Whether this bundle does not run for a moment, because it or one that it uses is being updated; from any thread. */
    boolean isUpdating(Bundle bundle) {
        return updating.contains(bundle);
    }

    /** Looks once and does what is to be done. */
    void look() throws InterruptedException {
        if (system.getBundle().getState() == Bundle.ACTIVE) {
            look(false);
        }
    }

    private void look(boolean first) throws InterruptedException {
        try {
            follow(first);
        } finally {
            updating.clear();
        }
    }

    private void follow(boolean first) throws InterruptedException {
        Set<Bundle> changed = new LinkedHashSet<>();
        try {
            Set<Path> found = list();
            uninstallMissing(found, changed);
            for (Path file : found) {
                DeployedJar jar = jars.computeIfAbsent(file, DeployedJar::new);
                look(jar, first, changed);
            }
        } catch (IOException e) {
            problems = List.of(folder + " cannot be read: " + Home.reason(e));
            return;
        }
        if (!first) {
            updating.addAll(rewiring.users(changed));
            rewiring.refresh(changed);
        }
        start(first);
        problems = jars.values().stream().flatMap(jar -> jar.problem().stream()).toList();
        Map<Path, DeployedJar.Seen> now = new TreeMap<>();
        jars.forEach((file, jar) -> jar.seen().ifPresent(found -> now.put(file, found)));
        seen = now;
    }

    private Set<Path> list() throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, FolderFiles::isJar)) {
            entries.forEach(found::add);
        }
        return found;
    }

    /** Those that two looks in a row have not found: a file is often replaced by removing it and writing it again. */
    private void uninstallMissing(Set<Path> found, Set<Bundle> changed) {
        missing.removeAll(found);
        for (DeployedJar jar : List.copyOf(jars.values())) {
            if (!found.contains(jar.file) && !missing.add(jar.file)) {
                missing.remove(jar.file);
                jars.remove(jar.file);
                jar.bundle().ifPresent(bundle -> uninstall(bundle, changed));
            }
        }
    }

    private void uninstall(Bundle bundle, Set<Bundle> changed) {
        try {
            if (bundle.getState() == Bundle.UNINSTALLED) {
                return;
            }
            if (isOfDistribution(bundle)) {
                LOG.info("Updating bundle {}: as it was in the distribution", bundle.getSymbolicName());
                stopTransiently(bundle);
                bundle.update();
                toStart.add(bundle);
            } else {
                LOG.info("Uninstalling bundle {} ({})", bundle.getBundleId(), bundle.getSymbolicName());
                bundle.uninstall();
            }
            changed.add(bundle);
        } catch (BundleException e) {
            log.log(DeployFolder.class.getName(), Level.ERROR, "bundle " + bundle + " cannot be uninstalled", e);
        }
    }

    private void look(DeployedJar jar, boolean first, Set<Bundle> changed) {
        try {
            jar.look();
            if (jar.bundle()
                    .filter(bundle -> bundle.getState() == Bundle.UNINSTALLED)
                    .isPresent()) {
                jar.uninstalled();
                jar.refused("is not installed: it was uninstalled by hand. Write the file again to install it");
            }
            boolean settled = first || jar.unchanged() >= SETTLED;
            if (settled && (jar.state() == DeployedJar.State.SETTLING || jar.state() == DeployedJar.State.DUPLICATE)) {
                take(jar, BundleFile.read(jar.file), changed);
            }
        } catch (BundleFile.UnusableException e) {
            if (first || jar.unchanged() >= GIVEN_UP) {
                jar.refused(String.valueOf(e.getMessage()));
            }
        } catch (BundleException e) {
            jar.refused("is not installed: " + Problems.reasons(e));
            log.log(DeployFolder.class.getName(), Level.ERROR, jar.file + " cannot be installed", e);
        } catch (IOException e) {
            jar.refused("cannot be read: " + Home.reason(e));
        }
    }

    private void take(DeployedJar jar, BundleFile described, Set<Bundle> changed) throws BundleException, IOException {
        Optional<Bundle> own = jar.bundle();
        Optional<Bundle> same = Arrays.stream(system.getBundles())
                .filter(bundle -> described.is(bundle) && !own.equals(Optional.of(bundle)))
                .findFirst();
        if (same.isPresent() && !replaces(jar, same.get())) {
            jar.duplicate("is not in force: " + holder(same.get()) + " is the same bundle, " + described
                    + ". Remove one of them, or give this one another version");
            return;
        }
        Bundle bundle = same.or(() -> own).orElse(null);
        if (bundle == null) {
            LOG.info("Installing bundle {}", described);
            try (InputStream in = Files.newInputStream(jar.file)) {
                bundle = system.installBundle(jar.location, in);
            }
            bundle.adapt(BundleStartLevel.class).setStartLevel(FrameworkProperties.DEPLOYED);
            changed.add(bundle);
        } else if (same.isEmpty() || !isAsInDistribution(jar, bundle)) {
            LOG.info("Updating bundle {}", described);
            stopTransiently(bundle);
            try (InputStream in = Files.newInputStream(jar.file)) {
                bundle.update(in);
            }
            changed.add(bundle);
        }
        if (same.isPresent()) {
            own.ifPresent(former -> uninstall(former, changed));
        }
        toStart.add(bundle);
        jar.inForce(bundle);
    }

    /** A bundle of the distribution is replaced by a jar with its name and version while that is there; only by the first of them. */
    private boolean replaces(DeployedJar jar, Bundle other) {
        return isOfDistribution(other)
                && jars.values().stream()
                        .noneMatch(each -> each != jar && each.bundle().equals(Optional.of(other)));
    }

    private static boolean isOfDistribution(Bundle bundle) {
        return bundle.getLocation().startsWith("reference:");
    }

    private static boolean isAsInDistribution(DeployedJar jar, Bundle bundle) throws IOException {
        Path original = Path.of(URI.create(bundle.getLocation().substring("reference:".length())));
        return Files.mismatch(jar.file, original) < 0;
    }

    private String holder(Bundle bundle) {
        return jars.values().stream()
                .filter(jar -> jar.bundle().equals(Optional.of(bundle)))
                .map(jar -> jar.file.getFileName().toString())
                .findFirst()
                .orElse("the installed bundle " + bundle.getBundleId());
    }

    /** It is started again when its packages have been refreshed, and only once. */
    private void stopTransiently(Bundle bundle) throws BundleException {
        updating.add(bundle);
        if (!isFragment(bundle)) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
    }

    /** Each once: the framework starts what it could not start yet when its level is reached, and a refresh may resolve others. */
    private void start(boolean first) {
        Set<Bundle> starting = new LinkedHashSet<>(toStart);
        toStart.clear();
        if (haveBundlesChanged()) {
            // bundles that failed because of a missing one are tried again
            for (DeployedJar jar : jars.values()) {
                jar.bundle().filter(DeployFolder::shouldRunAndDoesNot).ifPresent(starting::add);
            }
        }
        for (Bundle bundle : starting) {
            try {
                if (!isFragment(bundle) && bundle.getState() != Bundle.UNINSTALLED) {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                    if (!first) {
                        LOG.info("Started bundle: {}", bundle.getLocation());
                    }
                }
            } catch (BundleException e) {
                String what = "Error while starting bundle: " + bundle.getLocation();
                log.log(DeployFolder.class.getName(), Level.WARN, what, e);
            }
        }
    }

    /** Whether one was installed, updated or uninstalled by anybody since this was asked before. */
    private boolean haveBundlesChanged() {
        long before = wired;
        wired = Arrays.stream(system.getBundles())
                .mapToLong(bundle -> bundle.getLastModified() + bundle.getBundleId())
                .sum();
        return wired != before;
    }

    private static boolean shouldRunAndDoesNot(Bundle bundle) {
        boolean runs = (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING | Bundle.UNINSTALLED)) != 0;
        return !runs && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
