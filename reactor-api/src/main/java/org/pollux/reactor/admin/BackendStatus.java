package org.pollux.reactor.admin;

/**
 * A backend whose bundle is there.
 *
 * @param name by which it is chosen
 * @param description the library, its version, the kernel's mechanism; of a missing one, what it lacks and what helps
 */
public record BackendStatus(String name, String description, State state) {

    public enum State {
        /** The loops use it. */
        POLLS,
        /** It can take over. */
        READY,
        /** It cannot work here. */
        MISSING
    }
}
