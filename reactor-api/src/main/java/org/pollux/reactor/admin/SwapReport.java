package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a swap did.
 *
 * @param from the backend before
 * @param to the backend now
 * @param sources that moved, over all loops
 * @param loops that have moved
 * @param longestPause the longest time for which a loop served nothing because of the swap
 * @param late the loops that are held up by a callback: they move when it returns
 */
public record SwapReport(String from, String to, int sources, int loops, Duration longestPause, List<String> late) {

    /** A swap of all loops. */
    public SwapReport(String from, String to, int sources, int loops, Duration longestPause) {
        this(from, to, sources, loops, longestPause, List.of());
    }

    /** One line for people: {@code nio -> libevent: 10004 sources on 2 loops, longest pause 6.1 ms}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s -> %s: %d %s on %d %s, longest pause %.1f ms%s",
                from,
                to,
                sources,
                sources == 1 ? "source" : "sources",
                loops,
                loops == 1 ? "loop" : "loops",
                longestPause.toNanos() / 1e6,
                late.isEmpty() ? "" : "; held up, so it follows later: " + String.join(", ", late));
    }
}
