package org.pollux.fetch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.client.HttpFailure;
import org.pollux.http.client.HttpFailure.Reason;
import org.pollux.http.client.HttpRequest;
import org.pollux.http.client.HttpResponseHead;

/** Which failures may pass, and how long to wait for that. */
final class Retries {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** What a server may ask for at most. */
    private static final long MOST_SECONDS = 300;

    private Retries() {}

    /**
     * The pause before the next attempt; empty when it would end in the same way, or could do twice what the request asks for.
     *
     * @param attempts that have failed
     */
    static Optional<Duration> pause(
            HttpRequest request, Throwable fault, @Nullable HttpResponseHead head, int attempts) {
        if (!(fault instanceof HttpFailure failure)) {
            return Optional.empty();
        }
        boolean passes = switch (failure.reason()) {
            case CONNECT -> true; // nothing was sent
            case TIMED_OUT, NO_RESPONSE, SHORT_BODY -> request.isIdempotent();
            case STATUS -> head != null && passes(head.status(), request.isIdempotent());
            default -> false;
        };
        return passes ? Optional.of(pause(failure, head, attempts)) : Optional.empty();
    }

    private static boolean passes(int status, boolean idempotent) {
        return switch (status) {
            case 429, 503 -> true; // the server has done nothing
            case 408, 500, 502, 504 -> idempotent;
            default -> false;
        };
    }

    private static Duration pause(HttpFailure failure, @Nullable HttpResponseHead head, int attempts) {
        String asked = failure.reason() == Reason.STATUS && head != null
                ? head.headers().first("Retry-After").orElse("")
                : "";
        if (asked.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Math.min(MOST_SECONDS, Long.parseLong(asked)));
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
