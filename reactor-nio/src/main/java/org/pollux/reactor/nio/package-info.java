/**
 * The backend on {@link java.nio.channels.Selector}: it needs nothing but the JDK, so it works wherever Pollux does,
 * and is what remains when no other backend can.
 *
 * <p>A poller is a selector, a registration is a selection key and what belongs to it. Bytes are moved by the channels
 * themselves. One turn has two halves: the selector fills an array with the registrations that are ready, and only when
 * it has returned are their sources called. So a callback may do what it likes, and no set of selected keys is made.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // for plain Java; a bundle that imported itself could get its last version
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.nio;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
