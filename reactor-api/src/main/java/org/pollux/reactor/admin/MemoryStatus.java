package org.pollux.reactor.admin;

/**
 * What the connections of the server hold in memory: bytes that wait to be sent, bytes that were read and not taken, what
 * handlers keep for them, and the connections themselves.
 *
 * @param used bytes now
 * @param most bytes at any time since the start
 * @param limit bytes that they may hold
 * @param full whether new connections wait, and slow ones are shed
 * @param slowReaders connections that were shed because their peers did not take what was sent
 * @param slowSenders connections that were shed because of what was held of their peers' data
 */
public record MemoryStatus(long used, long most, long limit, boolean full, long slowReaders, long slowSenders) {}
