package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.Locale;

/**
 * What a swap did.
 *
 * @param from the backend before
 * @param to the backend now
 * @param sources that moved, over all loops
 * @param longestPause the longest time for which a loop served nothing because of it
 */
public record SwapReport(String from, String to, int sources, int loops, Duration longestPause) {

    /** One line for people: {@code nio -> libevent: 10004 sources on 2 loops, longest pause 6.1 ms}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s -> %s: %d %s on %d %s, longest pause %.1f ms",
                from,
                to,
                sources,
                sources == 1 ? "source" : "sources",
                loops,
                loops == 1 ? "loop" : "loops",
                longestPause.toNanos() / 1e6);
    }
}
