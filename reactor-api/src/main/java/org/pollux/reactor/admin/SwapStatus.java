package org.pollux.reactor.admin;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The swaps of the backend since the server's start. From any thread. */
@ProviderType
public interface SwapStatus {

    /** How many were done. */
    long done();

    /** How many failed; the backend before then still polls. */
    long failed();

    /** The longest pause of a loop in each swap that was done. */
    Distribution pauses();

    /** The last swap that was done. */
    Optional<SwapReport> last();

    /** The server's {@link ServerStatus#uptime} at the end of the last swap; 0 when there was none. */
    Duration lastAt();
}
