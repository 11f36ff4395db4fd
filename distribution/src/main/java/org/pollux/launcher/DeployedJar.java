package org.pollux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * A jar in {@code deploy/} and its state. For the thread that watches the folder.
 *
 * <pre>
 *   SETTLING ──▶ IN_FORCE ◀──▶ DUPLICATE   another bundle has its name and version; it follows when that one is removed
 *      │  ▲          │
 *      ▼  └──────────┘ the file changes
 *   REFUSED                                until the file changes
 * </pre>
 */
final class DeployedJar {

    enum State {
        SETTLING,
        IN_FORCE,
        DUPLICATE,
        REFUSED
    }

    /** What changes when a file is written to. */
    record Stamp(long size, FileTime modified) {

        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
        }
    }

    /**
     * What a look has found, for other threads.
     *
     * @param stamp of the file that was looked at
     * @param problem why it is not in force; empty when it is, and while it settles
     */
    record Seen(Stamp stamp, State state, Optional<Bundle> bundle, Optional<String> problem) {}

    final Path file;

    /** As FileInstall, which others know, names it. */
    final String location;

    private @Nullable Stamp stamp;
    private int unchanged;
    private State state = State.SETTLING;
    private String problem = "";

    /** The one that has this file's content: installed from it, or one of the distribution that it replaces. */
    private @Nullable Bundle bundle;

    DeployedJar(Path file) {
        this.file = file;
        this.location = file.toUri().normalize().toString();
    }

    /** Looks at the file once more; a changed file settles again. */
    void look() throws IOException {
        Stamp now = Stamp.of(file);
        if (now.equals(stamp)) {
            unchanged++;
        } else {
            stamp = now;
            unchanged = 0;
            state = State.SETTLING;
        }
    }

    State state() {
        return state;
    }

    /** For how many looks the file has not changed. */
    int unchanged() {
        return unchanged;
    }

    Optional<Bundle> bundle() {
        return Optional.ofNullable(bundle);
    }

    void inForce(Bundle as) {
        bundle = as;
        state = State.IN_FORCE;
        problem = "";
    }

    /** The bundle that it had before, if any, keeps running. */
    void refused(String why) {
        state = State.REFUSED;
        problem = why;
    }

    void duplicate(String why) {
        state = State.DUPLICATE;
        problem = why;
    }

    void uninstalled() {
        bundle = null;
    }

    /** Empty before the first look. */
    Optional<Seen> seen() {
        return stamp == null ? Optional.empty() : Optional.of(new Seen(stamp, state, bundle(), problem()));
    }

    /** Why it is not in force; empty when it is, and while it may still be written to. */
    Optional<String> problem() {
        return problem.isEmpty() || state == State.SETTLING ? Optional.empty() : Optional.of(file + " " + problem);
    }
}
