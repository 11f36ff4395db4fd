package org.pollux.http.client.exchange;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.Durations;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.tls.TlsException;

/** Says why a connection is lost, or was never there, in the same words on every wire. */
public final class Lost {

    private Lost() {}

    /** The reason, for a place inside a message. */
    public static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "the connection was closed";
        }
        if (cause instanceof TlsException tls) {
            return TlsFailures.isTruncation(tls)
                    ? "the connection was closed without close_notify"
                    : "the connection was lost (" + tls.getMessage() + ")";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The failure of a call on an established connection: with the reason of TLS, when it was TLS that failed. */
    public static HttpFailure failure(Origin origin, Reason reason, String message, @Nullable Throwable cause) {
        if (cause instanceof TlsException tls && !TlsFailures.isTruncation(tls)) {
            return TlsFailures.established(origin, tls, message);
        }
        return cause == null ? new HttpFailure(reason, message) : new HttpFailure(reason, message, cause);
    }

    /**
     * The failure when no connection was established.
     *
     * @param timeout the time that the system had for it
     */
    public static HttpFailure unconnected(Origin origin, Duration timeout, @Nullable Throwable cause) {
        return unconnected(new Route(origin, Optional.empty(), true), timeout, cause);
    }

    /** The same, with the proxy on the way. */
    public static HttpFailure unconnected(Route route, Duration timeout, @Nullable Throwable cause) {
        String why = why(cause);
        String proxy = route.proxy().map(one -> "the proxy " + one + ": ").orElse("");
        return switch (cause) {
            case null -> new HttpFailure(Reason.CLIENT_CLOSED, "no connection to " + route + ": " + why);
            case TlsException tls -> TlsFailures.of(route.origin(), tls);
            case UnknownHostException _ -> new HttpFailure(Reason.UNKNOWN_HOST, proxy + inside(why), cause);
            case SocketTimeoutException _ ->
                new HttpFailure(
                        Reason.TIMED_OUT,
                        "timed out: no connection to " + route + " within " + Durations.text(timeout),
                        cause);
            default -> new HttpFailure(Reason.CONNECT, proxy + inside(why), cause);
        };
    }

    /** A sentence in the form that fits inside another one. */
    private static String inside(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
