package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ProviderType;

/** The descriptors of the process at one moment: files and sockets. From any thread. */
@ProviderType
public interface DescriptorStatus {

    /** How many are open; 0 when that is unknown. */
    int open();

    /** How many may be open ({@code ulimit -n}); {@link Integer#MAX_VALUE} when that is unknown. */
    int limit();

    /** How many are kept back from connections. */
    int kept();

    /** Whether only the reserved descriptors are left, and new connections wait. */
    boolean full();

    /** How often the descriptors have run short in this way. */
    long timesFull();
}
