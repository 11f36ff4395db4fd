package org.pollux.reactor.admin;

import java.time.Duration;

/**
 * What a swap did.
 *
 * @param from the backend before
 * @param to the backend now
 * @param sources that moved, over all loops
 * @param longestPause the longest time for which a loop served nothing because of it
 */
public record SwapReport(String from, String to, int sources, int loops, Duration longestPause) {}
