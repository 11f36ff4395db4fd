package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The memory that the connections of the server hold at one moment: bytes that wait to be sent, bytes that were read
 * and not taken, bytes that handlers keep for them, and the connections themselves. From any thread.
 */
@ProviderType
public interface MemoryStatus {

    /** Bytes now. */
    long used();

    /** The most bytes at any time since the start. */
    long most();

    /** How many bytes they may hold. */
    long limit();

    /** Whether new connections wait, and slow ones are shed. */
    boolean full();

    /** How many connections were shed because their peers did not read. */
    long slowReaders();

    /** How many connections were shed because of the data that was kept for them. */
    long slowSenders();
}
