package org.pollux.reactor.server.succession;

import java.time.Duration;

/**
 * How long a predecessor waits.
 *
 * @param greeting for the first message of a successor
 * @param start for the whole start of the successor, its bundles included
 * @param after GO, before it ends: a successor that dies does so soon
 */
record Patience(Duration greeting, Duration start, Duration after) {

    static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(120), Duration.ofSeconds(2));
}
