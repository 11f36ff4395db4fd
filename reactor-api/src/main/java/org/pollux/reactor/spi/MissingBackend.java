package org.pollux.reactor.spi;

/**
 * The service that a backend's bundle offers instead of its {@link Backend}, when that cannot work here. The runtime
 * logs it, and shows it in the status among the backends; nothing else depends on it.
 *
 * @param name of the backend: {@code "libevent"}
 * @param reason why it cannot work, and what to install or which flag to pass: a sentence for people
 */
public record MissingBackend(String name, String reason) {}
