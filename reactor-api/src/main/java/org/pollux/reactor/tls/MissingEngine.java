package org.pollux.reactor.tls;

/**
 * The service that an engine's bundle offers instead of its {@link TlsEngine}, when that cannot work here. The runtime
 * logs it, and shows it in the status among the engines; nothing else depends on it.
 *
 * @param name of the engine: {@code "openssl"}
 * @param reason why it cannot work, and what to install or which flag to pass: a sentence for people
 */
public record MissingEngine(String name, String reason) {}
