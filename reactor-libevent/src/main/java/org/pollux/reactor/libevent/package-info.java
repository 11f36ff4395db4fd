/**
 * The backend on libevent 2.1, called through {@link java.lang.foreign} without a line of C.
 *
 * <p>A poller is an {@code event_base}, a registration is a descriptor and its {@code struct event}. One turn has two
 * halves: during {@code event_base_loop} libevent calls back for each event, and all that this does is to write down
 * which registration is ready; when the loop call has returned, the sources are told. So no callback of ours runs inside
 * C, and no exception crosses it. The bytes of sockets are moved by {@code recv} and {@code writev} on the channels'
 * descriptors, which is quicker than the channels' own way.
 *
 * <p>From the outside inwards: {@link org.pollux.reactor.libevent.LibeventBackend} says whether it can work here, a
 * {@code LibeventPoller} polls, {@code StreamBytes} moves bytes, an {@code Alarm} ends a wait, and {@code NativeCalls} is
 * all of C that they use.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // for plain Java; a bundle that imported itself could get its last version
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.libevent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
