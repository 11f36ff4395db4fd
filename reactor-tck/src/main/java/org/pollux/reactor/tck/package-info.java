/** The contract of the backend SPI as tests that every backend must pass. */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
