/**
 * The offers to a server: a protocol and the addresses at which it is to be served. They are plain values; this package
 * knows no other one of the runtime.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.server.offer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
