/**
 * The backend on {@link java.nio.channels.Selector}: it needs only the JDK, so it works wherever Pollux does, and serves
 * when no other backend can.
 *
 * <p>A poller is a selector, and a registration is a selection key with its source. The channels themselves move the bytes.
 * One turn has two halves: the selector fills an array with the ready registrations, and their sources are called only after
 * it has returned. So a callback may make any call, and no set of selected keys is allocated.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@Capability(namespace = "pollux.backend", name = "nio")
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.nio;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
