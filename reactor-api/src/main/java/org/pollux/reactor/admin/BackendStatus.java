package org.pollux.reactor.admin;

/**
 * A backend whose bundle is installed and active.
 *
 * @param name the name by which it is chosen
 * @param description the library, its version, the kernel's mechanism; for a missing backend, what is missing and the
 *     remedy
 * @param state whether it polls, can poll, or cannot poll
 */
public record BackendStatus(String name, String description, State state) {

    /** What a backend does. */
    public enum State {
        /** The loops use it. */
        POLLS,
        /** It can take over. */
        READY,
        /** It cannot work here. */
        MISSING
    }
}
