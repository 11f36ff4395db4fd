package org.pollux.http.client;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The limits of a client: {@link #defaults}, and the methods that return changed copies.
 *
 * <p>Later versions may add settings. The constructors of earlier versions stay; read settings through their methods, not
 * with a record pattern.
 *
 * @param connectionsPerHost maximum at a time for one host and port, including idle connections
 * @param connections maximum at a time in total
 * @param queue requests that may wait for a connection; a further request fails with {@link HttpFailure.Reason#QUEUE_FULL}
 * @param connectTimeout time to establish a connection; zero leaves the limit to the system
 * @param idleTimeout time during which a server may send nothing and take nothing of a request; zero means no limit
 * @param totalTimeout time for a whole exchange, unless its request has a timeout of its own; zero means no limit
 * @param keepAlive time during which an idle connection is kept for the next request; zero keeps none
 * @param headLimit maximum bytes of a response's head, and of the trailers after a body, 256 to 32768
 * @param userAgent the {@code User-Agent} field; empty sends none
 * @param plainRedirects whether a redirect from https to http is followed, which anyone on the way can read and change
 * @param versions the versions of HTTP that are spoken
 * @param http2 the limits of connections that speak HTTP/2
 * @param proxies which proxy leads to which host
 */
public record ClientSettings(
        int connectionsPerHost,
        int connections,
        int queue,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration totalTimeout,
        Duration keepAlive,
        int headLimit,
        String userAgent,
        boolean plainRedirects,
        HttpVersions versions,
        Http2ClientSettings http2,
        Proxies proxies) {

    /** A connection may leave 64 KiB unread; a head waits there until it is whole. */
    private static final int READ_BOUND = 32 * 1024;

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the value and the allowed range
     */
    public ClientSettings {
        requireBetween("connectionsPerHost", connectionsPerHost, 1, Integer.MAX_VALUE);
        requireBetween("connections", connections, 1, Integer.MAX_VALUE);
        requireBetween("queue", queue, 0, Integer.MAX_VALUE);
        requireNotNegative("connectTimeout", connectTimeout);
        requireNotNegative("idleTimeout", idleTimeout);
        requireNotNegative("totalTimeout", totalTimeout);
        requireNotNegative("keepAlive", keepAlive);
        requireBetween("headLimit", headLimit, 256, READ_BOUND);
    }

    /** Without redirects from https to http, with HTTP/2 where a server offers it, without a proxy. */
    public ClientSettings(
            int connectionsPerHost,
            int connections,
            int queue,
            Duration connectTimeout,
            Duration idleTimeout,
            Duration totalTimeout,
            Duration keepAlive,
            int headLimit,
            String userAgent) {
        this(
                connectionsPerHost,
                connections,
                queue,
                connectTimeout,
                idleTimeout,
                totalTimeout,
                keepAlive,
                headLimit,
                userAgent,
                false,
                HttpVersions.NEGOTIATED,
                Http2ClientSettings.defaults(),
                Proxies.none());
    }

    /**
     * 32 connections per host, 256 in all, 10,000 requests waiting; 10 s to connect, 30 s of silence, kept for 30 s; 32 KiB.
     */
    public static ClientSettings defaults() {
        return new ClientSettings(
                32,
                256,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(30),
                32 * 1024,
                "Pollux");
    }

    /** Returns a copy with other limits of connections. */
    public ClientSettings connections(int perHost, int all) {
        return with(draft -> {
            draft.connectionsPerHost = perHost;
            draft.connections = all;
        });
    }

    /** Returns a copy with other times. */
    public ClientSettings timeouts(Duration connect, Duration idle, Duration total) {
        return with(draft -> {
            draft.connectTimeout = connect;
            draft.idleTimeout = idle;
            draft.totalTimeout = total;
        });
    }

    /** Returns a copy with another limit of waiting requests. */
    public ClientSettings queue(int most) {
        return with(draft -> draft.queue = most);
    }

    /** Returns a copy with another {@code User-Agent} field; empty sends none. */
    public ClientSettings withUserAgent(String name) {
        return with(draft -> draft.userAgent = name);
    }

    /** Returns a copy that follows redirects from https to http too. */
    public ClientSettings withPlainRedirects() {
        return with(draft -> draft.plainRedirects = true);
    }

    /** Returns a copy that speaks other versions of HTTP. */
    public ClientSettings withVersions(HttpVersions spoken) {
        return with(draft -> draft.versions = spoken);
    }

    /** Returns a copy with other limits for HTTP/2. */
    public ClientSettings withHttp2(Http2ClientSettings limits) {
        return with(draft -> draft.http2 = limits);
    }

    /** Returns a copy that passes proxies. */
    public ClientSettings withProxies(Proxies passed) {
        return with(draft -> draft.proxies = passed);
    }

    private ClientSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The components as variables: a copy changes some, and the rest is named in one place only. */
    private static final class Draft {

        private int connectionsPerHost;
        private int connections;
        private int queue;
        private Duration connectTimeout;
        private Duration idleTimeout;
        private Duration totalTimeout;
        private final Duration keepAlive;
        private final int headLimit;
        private String userAgent;
        private boolean plainRedirects;
        private HttpVersions versions;
        private Http2ClientSettings http2;
        private Proxies proxies;

        Draft(ClientSettings settings) {
            connectionsPerHost = settings.connectionsPerHost;
            connections = settings.connections;
            queue = settings.queue;
            connectTimeout = settings.connectTimeout;
            idleTimeout = settings.idleTimeout;
            totalTimeout = settings.totalTimeout;
            keepAlive = settings.keepAlive;
            headLimit = settings.headLimit;
            userAgent = settings.userAgent;
            plainRedirects = settings.plainRedirects;
            versions = settings.versions;
            http2 = settings.http2;
            proxies = settings.proxies;
        }

        ClientSettings settings() {
            return new ClientSettings(
                    connectionsPerHost,
                    connections,
                    queue,
                    connectTimeout,
                    idleTimeout,
                    totalTimeout,
                    keepAlive,
                    headLimit,
                    userAgent,
                    plainRedirects,
                    versions,
                    http2,
                    proxies);
        }
    }

    static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }

    static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + Durations.text(value));
        }
    }
}
