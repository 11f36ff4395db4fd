/**
 * A backend that completes operations instead of reporting readiness, made from one that does not: it receives ahead and sends
 * later, as far as {@link org.pollux.reactor.spi.Handover} allows. It is not faster for that. It shows what an io_uring backend
 * must keep, and lets a runtime be tested with such a backend on every machine.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.completion;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
