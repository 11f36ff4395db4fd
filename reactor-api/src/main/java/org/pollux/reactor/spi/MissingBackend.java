package org.pollux.reactor.spi;

/**
 * What a backend's bundle offers as a service in the place of its {@link Backend}, when that cannot work here. The
 * runtime logs it, and shows it where somebody looks for the backend; nothing else depends on it.
 *
 * @param name of the backend: {@code "libevent"}
 * @param reason what keeps it from working and what to install, or which flag to pass: a sentence for people
 */
public record MissingBackend(String name, String reason) {}
