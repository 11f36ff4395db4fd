package org.pollux.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpDate;
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
        OptionalLong seconds = seconds(asked, head);
        if (seconds.isPresent()) {
            return Duration.ofSeconds(Math.clamp(seconds.getAsLong(), 0, MOST_SECONDS));
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** What {@code Retry-After} says (RFC 9110, section 10.2.3). A date is one of the server's clock, as its {@code Date} is. */
    private static OptionalLong seconds(String asked, @Nullable HttpResponseHead head) {
        if (asked.matches("[0-9]{1,9}")) {
            return OptionalLong.of(Long.parseLong(asked));
        }
        Optional<Instant> at = HttpDate.parse(asked);
        if (at.isEmpty() || head == null) {
            return OptionalLong.empty();
        }
        Instant now = head.headers().first("Date").flatMap(HttpDate::parse).orElseGet(Instant::now);
        return OptionalLong.of(Duration.between(now, at.get()).toSeconds());
    }
}
