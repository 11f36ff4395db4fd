package org.pollux.reactor.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.tls}. */
@ObjectClassDefinition(name = "Pollux TLS", description = "The engine and the limits of tls:// endpoints")
@interface TlsConfiguration {

    @AttributeDefinition(
            name = "Engine",
            description =
                    "The engine that encrypts new connections: openssl, jsse, or auto for the working engine with "
                            + "the highest ranking. If it is unavailable, another engine is used")
    String engine() default "auto";

    @AttributeDefinition(
            name = "Handshake timeout",
            description = "Seconds that a handshake may take. Then the connection is reset",
            min = "1")
    int handshakeTimeout() default 10;

    @AttributeDefinition(
            name = "Unfinished handshakes",
            description = "How many handshakes an event loop may have under way. One more resets the oldest one that "
                    + "waits for its client",
            min = "1")
    int unfinishedHandshakes() default 1000;

    @AttributeDefinition(
            name = "Private-key operations",
            description = "How many private-key operations an event loop makes in a turn. Further handshakes wait, so "
                    + "that they do not hold up established connections",
            min = "1")
    int privateKeyOperations() default 4;

    @AttributeDefinition(
            name = "Resumption",
            description = "Seconds for which a client may resume a session. 0 means never",
            min = "0")
    int resumption() default 7200;

    @AttributeDefinition(
            name = "Cipher suites",
            description = "The IANA names of the allowed cipher suites, the preferred one first. If it is empty, the "
                    + "engine uses those of Mozilla's intermediate profile")
    String[] cipherSuites() default {};
}
