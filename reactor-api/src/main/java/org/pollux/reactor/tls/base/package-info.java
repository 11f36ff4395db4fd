/**
 * What TLS engines, and those that configure them, share: names of hosts and certificates, certificates made here.
 *
 * <p>This package has its own version, which is below 1.0 also when that of the API is not. No promise of compatibility
 * covers it; an engine states the exact version that it was built for.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.tls.base;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
