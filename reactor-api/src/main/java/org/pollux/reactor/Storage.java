package org.pollux.reactor;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** A growing buffer of bytes that belongs to a {@link Watch}. For the reactor's thread only. */
@ProviderType
public interface Storage {

    /**
     * Sets a limit. Without a call, memory is the only limit.
     *
     * @param bytes the most it may hold
     * @return this storage
     * @throws IllegalArgumentException when it holds more already
     */
    Storage limit(int bytes);

    /**
     * Takes all of the data.
     *
     * @return this storage
     * @throws java.nio.BufferOverflowException beyond the limit; nothing is taken then
     */
    Storage append(ByteBuffer data);

    /**
     * The bytes held, to be read from. Reading removes them from the storage. Valid until the next {@link #append} or
     * {@link #clear}.
     */
    ByteBuffer content();

    /** How many bytes are held. */
    int size();

    /** Drops all bytes. */
    void clear();
}
