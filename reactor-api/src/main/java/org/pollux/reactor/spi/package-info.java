/** What a backend implements: which sockets are ready? */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
