package org.pollux.reactor.admin;

/**
 * A backend that is there.
 *
 * @param name by which it is chosen
 * @param description the library, its version, the kernel's mechanism
 * @param polling whether the loops use it now
 */
public record BackendStatus(String name, String description, boolean polling) {}
