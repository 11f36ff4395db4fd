package org.pollux.reactor.admin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A {@link org.pollux.reactor.Protocol} that has paths can also implement this. Then the operator sees them. */
@ConsumerType
public interface PathReport {

    /** The paths now, in their order. Called on any thread; it must return at once. */
    List<ServedPath> servedPaths();
}
