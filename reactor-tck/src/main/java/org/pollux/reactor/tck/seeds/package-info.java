/**
 * Runs the tests of a module once more, on a backend that injects faults by seed. A failure names the seed that repeats it.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.seeds;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
