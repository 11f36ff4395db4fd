/**
 * The TLS engine on OpenSSL 3, called through {@link java.lang.foreign} without a line of C.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tls.openssl;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
