package org.pollux.reactor.admin;

/**
 * How often a limit was met since its owner was started.
 *
 * @param limit the key of its configuration, and what the peer saw: {@code "bodyLimit (413)"}
 * @param times how often, at least once
 * @param owner the symbolic name of the bundle that has the limit
 */
public record LimitStatus(String limit, long times, String owner) {}
