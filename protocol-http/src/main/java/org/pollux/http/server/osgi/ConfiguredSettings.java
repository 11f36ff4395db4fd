package org.pollux.http.server.osgi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pollux.http.server.routing.HandOver;
import org.pollux.http.server.settings.BodyLimits;
import org.pollux.http.server.settings.ConnectionLimits;
import org.pollux.http.server.settings.HeadLimits;
import org.pollux.http.server.settings.Http2Limits;
import org.pollux.http.server.settings.HttpSettings;

/**
 * Makes the settings of a server from its configuration. A bad value is reported, and the previous value stays in force.
 * Most bad values do not arrive here, because the bundle admin-config checks each value against {@link HttpConfiguration}.
 */
final class ConfiguredSettings {

    private final HttpConfiguration from;
    private final HttpSettings before;
    private final Consumer<String> problems;

    private ConfiguredSettings(HttpConfiguration from, HttpSettings before, Consumer<String> problems) {
        this.from = from;
        this.before = before;
        this.problems = problems;
    }

    /**
     * Reads each configured value.
     *
     * @param before the previous settings; they stay in force where a value is bad
     * @param problems receives one line for each bad value
     */
    static HttpSettings of(HttpConfiguration from, HttpSettings before, Consumer<String> problems) {
        return new ConfiguredSettings(from, before, problems).read();
    }

    /** The limits of waiting for handlers and filters that are being replaced. */
    static HandOver handOver(
            HttpConfiguration from, HttpSettings settings, HandOver before, Consumer<String> problems) {
        ConfiguredSettings reading = new ConfiguredSettings(from, settings, problems);
        return reading.usable(
                () -> new HandOver(
                        reading.seconds("handOver", from::handOver, before.patience()),
                        reading.small("handOverRequests", from::handOverRequests, before.requests())),
                before);
    }

    private HttpSettings read() {
        HeadLimits head = usable(this::head, before.head());
        BodyLimits body = usable(
                () -> new BodyLimits(
                        number("bodyLimit", from::bodyLimit, before.body().most()),
                        small(
                                "passOverLimit",
                                from::passOverLimit,
                                before.body().passedOver()),
                        small("slowestRate", from::slowestRate, before.body().slowest()),
                        seconds("patience", from::patience, before.body().patience())),
                before.body());
        ConnectionLimits connection = usable(
                () -> new ConnectionLimits(
                        seconds(
                                "idleTimeout",
                                from::idleTimeout,
                                before.connection().idleTimeout()),
                        small(
                                "requestsPerConnection",
                                from::requestsPerConnection,
                                before.connection().requests()),
                        small(
                                "outboundLimit",
                                from::outboundLimit,
                                before.connection().outbound()),
                        seconds(
                                "responseTimeout",
                                from::responseTimeout,
                                before.connection().responseTimeout())),
                before.connection());
        Http2Limits http2 = usable(
                () -> new Http2Limits(
                        small("http2Streams", from::http2Streams, before.http2().streams()),
                        small("http2Window", from::http2Window, before.http2().window()),
                        small(
                                "http2ConnectionWindow",
                                from::http2ConnectionWindow,
                                before.http2().connectionWindow()),
                        small("http2Table", from::http2Table, before.http2().table()),
                        small(
                                "http2Continuations",
                                from::http2Continuations,
                                before.http2().continuations()),
                        small("http2Resets", from::http2Resets, before.http2().resets()),
                        small(
                                "http2ResetRate",
                                from::http2ResetRate,
                                before.http2().resetRate()),
                        small(
                                "http2Overhead",
                                from::http2Overhead,
                                before.http2().overhead()),
                        small(
                                "http2OverheadRate",
                                from::http2OverheadRate,
                                before.http2().overheadRate()),
                        small(
                                "http2ControlFrames",
                                from::http2ControlFrames,
                                before.http2().controlFrames())),
                before.http2());
        HttpSettings limits = new HttpSettings(head, body, connection, http2, before.server());
        return usable(
                () -> new HttpSettings(
                        head,
                        body,
                        connection,
                        http2,
                        Optional.of(from.server()).filter(name -> !name.isEmpty())),
                limits);
    }

    /** A request line is a part of its head. */
    private HeadLimits head() {
        int head = small("headLimit", from::headLimit, before.head().head());
        int line =
                small("requestLineLimit", from::requestLineLimit, before.head().requestLine());
        if (line > head && line != HeadLimits.defaults().requestLine()) {
            problems.accept("pollux.http: requestLineLimit = " + line + " is more than headLimit = " + head
                    + ", which counts for both");
        }
        return new HeadLimits(
                Math.min(line, head),
                head,
                small("fieldLimit", from::fieldLimit, before.head().fields()),
                seconds("headTimeout", from::headTimeout, before.head().timeout()));
    }

    private <T> T usable(Supplier<T> made, T otherwise) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            problems.accept("pollux.http: " + e.getMessage() + ". The earlier value stays in force");
            return otherwise;
        }
    }

    private Duration seconds(String key, LongSupplier value, Duration otherwise) {
        return Duration.ofSeconds(number(key, value, otherwise.toSeconds()));
    }

    private int small(String key, LongSupplier value, int otherwise) {
        return Math.toIntExact(number(key, value, otherwise));
    }

    /** Declarative Services converts a value when it is read. Its exception says what is wrong, but not with which key. */
    private long number(String key, LongSupplier value, long otherwise) {
        try {
            return value.getAsLong();
        } catch (RuntimeException e) {
            problems.accept("pollux.http: " + key + " must be a whole number: " + e.getMessage() + ". " + otherwise
                    + " stays in force");
            return otherwise;
        }
    }
}
