package org.pollux.reactor.admin;

/**
 * A bound that was met, since its owner came.
 *
 * @param limit the key of its configuration, and what the peer saw: {@code "bodyLimit (413)"}
 * @param times how often, at least once
 * @param owner whose bound it is: the symbolic name of a bundle
 */
public record LimitStatus(String limit, long times, String owner) {}
