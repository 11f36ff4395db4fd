package org.pollux.reactor.admin;

/**
 * The descriptors of the process: files and sockets.
 *
 * @param open now
 * @param limit how many may be open ({@code ulimit -n}); {@link Integer#MAX_VALUE} when that is unknown
 * @param kept how many connections do not get
 * @param full whether only those are left, and new connections wait
 * @param timesFull how often that was so
 */
public record DescriptorStatus(int open, int limit, int kept, boolean full, long timesFull) {}
