package org.pollux.http.client.exchange;

import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.reactor.tls.TlsException;

/** Says why a connection that was established is lost, in the same words on every wire. */
public final class Lost {

    private Lost() {}

    /** The reason, for a place inside a message. */
    public static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "the connection was closed";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The failure of a call: with the reason of TLS, when it was TLS that failed. */
    public static HttpFailure failure(Origin origin, Reason reason, String message, @Nullable Throwable cause) {
        if (cause instanceof TlsException tls && !TlsFailures.isTruncation(tls)) {
            return TlsFailures.of(origin, tls);
        }
        return cause == null ? new HttpFailure(reason, message) : new HttpFailure(reason, message, cause);
    }
}
