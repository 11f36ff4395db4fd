/** Events, callbacks, connections and protocols. */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
