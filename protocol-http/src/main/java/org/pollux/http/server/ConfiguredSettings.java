package org.pollux.http.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Makes the settings of a server of its configuration. */
final class ConfiguredSettings {

    private ConfiguredSettings() {}

    /**
     * Takes each value as it was configured.
     *
     * @throws IllegalArgumentException naming the key that cannot be used
     */
    static HttpSettings of(HttpConfiguration from) {
        HeadLimits head = new HeadLimits(
                number("requestLineLimit", from::requestLineLimit),
                number("headLimit", from::headLimit),
                seconds("headTimeout", from::headTimeout));
        BodyLimits body = new BodyLimits(
                wide("bodyLimit", from::bodyLimit),
                number("passOverLimit", from::passOverLimit),
                number("slowestRate", from::slowestRate),
                seconds("patience", from::patience));
        ConnectionLimits connection = new ConnectionLimits(
                seconds("idleTimeout", from::idleTimeout),
                number("requestsPerConnection", from::requestsPerConnection),
                number("connectionsPerAddress", from::connectionsPerAddress),
                number("outboundLimit", from::outboundLimit));
        return new HttpSettings(
                head, body, connection, Optional.of(from.server()).filter(name -> !name.isEmpty()));
    }

    private static Duration seconds(String key, LongSupplier value) {
        return Duration.ofSeconds(wide(key, value));
    }

    private static int number(String key, LongSupplier value) {
        return Math.toIntExact(wide(key, value));
    }

    /** Declarative Services converts a value when it is asked for, and says what was wrong with it but not with which. */
    private static long wide(String key, LongSupplier value) {
        try {
            return value.getAsLong();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(key + " must be a whole number: " + e.getMessage(), e);
        }
    }
}
