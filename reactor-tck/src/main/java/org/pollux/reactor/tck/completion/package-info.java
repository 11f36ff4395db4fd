/**
 * A backend that completes operations instead of reporting readiness, built on a backend that reports readiness. It receives
 * ahead and sends later, as far as {@link org.pollux.reactor.spi.Handover} allows. It is not faster. It shows what an
 * io_uring backend must keep, and lets every machine test a runtime with such a backend.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.completion;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
