/** A service that one server has and others use. It knows nothing of HTTP and nothing of the network. */
@Export
@Version("0.2.0")
@NullMarked
package org.pollux.samples.remote;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
