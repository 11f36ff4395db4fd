package org.pollux.it.paxexam;

import java.io.Serializable;
import org.osgi.framework.BundleContext;

/** What the outside asks the probe to do. Made outside, carried over as text, run inside. */
sealed interface Task extends Serializable permits CheckBundles, CallStatic, RunTest {

    /**
     * Does it, in the thread of the probe's caller; what it throws is reported as a failure.
     *
     * @param probe the probe's own context
     */
    Report run(BundleContext probe) throws Exception;
}
