package org.pollux.reactor.server.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows the certificates of a folder: each is in force when its files have settled and it has passed all checks. One thread
 * turns it. Any thread may ask.
 */
public final class CertificateFolder {

    /** Its certificate comes first, and so serves clients that ask for no name. */
    private static final String DEFAULT = "default.";

    private final Path folder;
    private final InstantSource calendar;
    private final Map<String, WatchedFiles<ServerCertificate>> entries =
            new TreeMap<>(Comparator.<String, Boolean>comparing(name -> !name.startsWith(DEFAULT))
                    .thenComparing(Comparator.naturalOrder()));
    private final Map<String, Staple> staples = new HashMap<>();
    private boolean begun;
    private volatile List<ServerCertificate> inForce = List.of();
    private volatile List<String> problems = List.of();

    /** Nothing is read before the first turn. */
    public CertificateFolder(Path folder, InstantSource calendar) {
        this.folder = folder;
        this.calendar = calendar;
    }

    /**
     * Looks at all files once. The first turn takes them as they are.
     *
     * @param now in nanoseconds
     * @param atOnce whether not to wait until changed files settle
     * @return whether another certificate is in force
     */
    public boolean turn(long now, boolean atOnce) {
        List<String> faults = new ArrayList<>();
        boolean early = atOnce || !begun;
        try {
            look(now, early);
            begun = true;
        } catch (IOException e) {
            faults.add(folder + " cannot be read: " + e.getMessage() + ". Its certificates stay as they are");
        }
        List<ServerCertificate> current = new ArrayList<>();
        entries.forEach((name, entry) -> {
            Path response = folder.resolve(CertificateFiles.staple(name));
            Staple staple = staples.computeIfAbsent(name, _ -> new Staple());
            staple.look(response, now, early);
            entry.value().ifPresent(certificate -> {
                current.add(staple.on(certificate, response, now, calendar.instant()));
                staple.problem().ifPresent(faults::add);
            });
            entry.problem().ifPresent(faults::add);
        });
        boolean changed = !current.equals(inForce);
        inForce = List.copyOf(current);
        problems = List.copyOf(faults);
        return changed;
    }

    private void look(long now, boolean atOnce) throws IOException {
        Map<String, CertificateFiles> found = Files.isDirectory(folder) ? CertificateFiles.find(folder) : Map.of();
        found.forEach((name, files) -> entries.computeIfAbsent(name, _ -> WatchedFiles.ofNewFiles())
                .look(
                        List.of(files.chain(), files.secret()),
                        () -> CertificateReader.read(name, files, calendar.instant()),
                        now,
                        atOnce));
        staples.keySet().retainAll(entries.keySet());
        entries.entrySet()
                .removeIf(entry ->
                        !found.containsKey(entry.getKey()) && entry.getValue().isGone(now));
    }

    /** That of {@code default.*} first, then in the order of the files' names. */
    public List<ServerCertificate> inForce() {
        return inForce;
    }

    /** A line for each certificate that is refused, with its file, the reason and the remedy. */
    public List<String> problems() {
        return problems;
    }
}
