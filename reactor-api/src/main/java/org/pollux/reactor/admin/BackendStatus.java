package org.pollux.reactor.admin;

/**
 * A backend whose bundle is there.
 *
 * @param name the name by which it is chosen
 * @param description the library, its version, the kernel's mechanism; for a missing one, what it lacks and what helps
 * @param state whether it polls, can poll, or cannot
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
