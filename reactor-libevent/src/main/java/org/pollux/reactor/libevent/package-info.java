/**
 * The backend on libevent 2.1, called through {@link java.lang.foreign} without a line of C.
 *
 * <p>A poller is an {@code event_base}, a registration is a descriptor and its {@code struct event}. One turn has two
 * halves. During {@code event_base_loop} libevent calls back for each event, and the callback only records which
 * registration is ready. The sources are called after the loop call has returned. So no callback of Pollux runs inside C,
 * and no exception crosses it. {@code recv} and {@code writev} move the bytes of sockets on the channels' descriptors, which
 * is faster than the channels' own methods.
 *
 * <p>From the outside inwards: {@link org.pollux.reactor.libevent.LibeventBackend} checks whether libevent can work here, a
 * {@code LibeventPoller} polls, {@link org.pollux.reactor.spi.base.StreamBytes} moves bytes, an {@code Alarm} ends a wait, and {@code NativeCalls}
 * contains all C calls that they use.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@Capability(namespace = "pollux.backend", name = "libevent")
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.libevent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
