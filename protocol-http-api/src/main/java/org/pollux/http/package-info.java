/** What an HTTP handler sees; the server that calls it lives elsewhere. */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
