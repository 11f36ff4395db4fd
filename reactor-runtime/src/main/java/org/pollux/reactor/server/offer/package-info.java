/**
 * The offers to a server: a protocol and the addresses at which it is served. They are plain values. This package knows no
 * other package of the runtime.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.server.offer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
