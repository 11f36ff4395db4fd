package org.pollux.config.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.pollux.config.check.Printable;

/**
 * Follows the files {@code PID.cfg} and {@code PID-NAME.cfg} of some folders. One thread turns it. Any thread may call
 * {@link #problems} and {@link #outcome}.
 */
public final class ConfWatch {

    /** Where configurations go. */
    public interface Target {

        /** The values of a file take effect. */
        void update(Pid pid, Map<String, String> values, Path file) throws IOException;

        /** The file was deleted. */
        void delete(Pid pid, Path file) throws IOException;
    }

    /** A PID, or the name of one of its several configurations. */
    public record Pid(String pid, Optional<String> name) {

        /** The name that Configuration Admin uses. */
        @Override
        public String toString() {
            return pid + name.map(text -> "~" + text).orElse("");
        }
    }

    private static final String SUFFIX = ".cfg";

    private final List<Path> folders;
    private final Function<String, Optional<String>> property;
    private final Target target;
    private final Map<Path, ConfFile> files = new TreeMap<>();
    private final Map<Pid, Path> inForce = new HashMap<>();
    private final Map<Path, List<String>> problems = new TreeMap<>();

    /** Files that are gone and whose configurations could not be deleted. */
    private final Set<Path> undeleted = new HashSet<>();

    private boolean begun;

    /**
     * Nothing is read before the first turn.
     *
     * @param folders if two of them have a file for one PID, the file of the earlier folder is used
     * @param property the values of {@code ${NAME}}
     */
    public ConfWatch(List<Path> folders, Function<String, Optional<String>> property, Target target) {
        this.folders = List.copyOf(folders);
        this.property = property;
        this.target = target;
    }

    /**
     * Looks at all files once. The first turn uses every existing file at once.
     *
     * @param now in nanoseconds
     */
    public synchronized void turn(long now) {
        Set<Path> there = new HashSet<>();
        for (Path folder : folders) {
            problems.remove(folder);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ConfWatch::isConfiguration)) {
                List<Path> sorted = new ArrayList<>();
                entries.forEach(sorted::add);
                sorted.sort(null);
                for (Path path : sorted) {
                    there.add(path);
                    look(files.computeIfAbsent(path, ConfFile::new), now);
                }
            } catch (IOException | DirectoryIteratorException e) {
                problems.put(folder, List.of("cannot be read: " + reason(e)));
                files.keySet().stream().filter(path -> path.startsWith(folder)).forEach(there::add);
            }
        }
        for (ConfFile file : List.copyOf(files.values())) {
            if (!there.contains(file.path) && file.isGone(now)) {
                remove(file);
            }
        }
        begun = true;
    }

    private static boolean isConfiguration(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && !Files.isDirectory(path);
    }

    private void look(ConfFile file, long now) {
        try {
            Optional<byte[]> content = file.look(now, !begun);
            if (content.isPresent()) {
                problems.remove(file.path);
                undeleted.remove(file.path);
                take(file.path, content.get());
            }
        } catch (NoSuchFileException e) {
            // it was just replaced: the next turn sees the new file
        } catch (BadFileException e) {
            problems.put(file.path, List.of("is not used, and the previous values stay in force: " + e.getMessage()));
        } catch (IOException | RuntimeException e) {
            problems.put(file.path, List.of("cannot be read, and the previous values stay in force: " + reason(e)));
        }
    }

    private void take(Path path, byte[] content) throws BadFileException, IOException {
        Pid pid = pid(path);
        Path other = inForce.getOrDefault(pid, path);
        if (!other.equals(path) && rank(other) <= rank(path)) {
            throw new BadFileException(other + " is the configuration of " + pid + ". Delete one of the two");
        }
        CfgFile file = CfgFile.parse(content, property);
        target.update(pid, file.values(), path);
        inForce.put(pid, path);
        if (!other.equals(path)) {
            Optional.ofNullable(files.get(other)).ifPresent(ConfFile::forget); // it is reported as unused
        }
        if (!file.notes().isEmpty()) {
            problems.put(path, file.notes());
        }
    }

    private int rank(Path path) {
        return folders.indexOf(path.getParent());
    }

    /** The file is forgotten when its configuration is deleted; until then each turn tries again. */
    private void remove(ConfFile file) {
        Path path = file.path;
        try {
            Pid pid = pid(path);
            if (path.equals(inForce.get(pid))) {
                target.delete(pid, path);
                inForce.remove(pid);
                files.values()
                        .forEach(
                                other -> { // another file of that PID takes effect
                                    if (isFor(other.path, pid)) {
                                        other.forget();
                                    }
                                });
            }
        } catch (BadFileException e) {
            // it never was in force
        } catch (IOException e) {
            undeleted.add(path);
            problems.put(path, List.of("is deleted, but its values stay in force until they can be: " + reason(e)));
            return;
        }
        files.remove(path);
        undeleted.remove(path);
        problems.remove(path);
    }

    private static boolean isFor(Path path, Pid pid) {
        try {
            return pid(path).equals(pid);
        } catch (BadFileException e) {
            return false;
        }
    }

    /** {@code a.b.cfg}, {@code a.b-name.cfg} or {@code a.b~name.cfg}. */
    static Pid pid(Path path) throws BadFileException {
        String name = path.getFileName().toString();
        String whole = name.substring(0, name.length() - SUFFIX.length());
        int tilde = whole.indexOf('~');
        int border = tilde >= 0 ? tilde : whole.indexOf('-');
        String pid = border < 0 ? whole : whole.substring(0, border);
        String instance = border < 0 ? "" : whole.substring(border + 1);
        if (pid.isBlank() || (border >= 0 && instance.isBlank())) {
            throw new BadFileException("its name has no PID: name it PID.cfg, or PID-NAME.cfg for one of several");
        }
        return new Pid(pid, border < 0 ? Optional.empty() : Optional.of(instance));
    }

    /** Makes the next turn read all files again, even unchanged ones. */
    public synchronized void reload() {
        files.values().forEach(ConfFile::forget);
    }

    /** A line for each file that is not in force, or not entirely. */
    public synchronized List<String> problems() {
        List<String> lines = new ArrayList<>();
        problems.keySet().forEach(path -> lines.addAll(problems(path)));
        return lines;
    }

    private List<String> problems(Path path) {
        return problems.getOrDefault(path, List.of()).stream()
                .map(text -> Printable.escaped(path + ": " + text))
                .toList();
    }

    /**
     * Tells whether a file in one of the folders has taken effect. From any thread.
     *
     * @return empty while its content, or its removal, has not taken effect yet; then its problems, a line each
     */
    public synchronized Optional<List<String>> outcome(Path path) {
        ConfFile file = files.get(path);
        boolean isThere = Files.exists(path);
        boolean isDone = file == null ? !isThere : isThere ? file.isTaken() : undeleted.contains(path);
        return isDone ? Optional.of(problems(path)) : Optional.empty();
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return e instanceof AccessDeniedException
                ? "permission denied"
                : message == null || message.isEmpty() ? e.toString() : message;
    }
}
