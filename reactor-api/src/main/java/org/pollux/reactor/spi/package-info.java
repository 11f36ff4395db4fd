/**
 * The backend's seam: what a polling mechanism must supply to carry Pollux, and nothing else.
 *
 * <p><b>The runtime owns every socket and all state. A backend only answers one question: which sockets are ready?</b>
 * A backend keeps nothing that it could not be given again, so it can be thrown away and replaced by another between two
 * turns of a loop, while every connection stays open. That is the whole idea of Pollux, and the reason for what is
 * missing here: there is no timer, no task, no wake-up, no accept, no close and no error event in this package.
 *
 * <p>A {@link org.pollux.reactor.spi.Backend} is a service that opens {@link org.pollux.reactor.spi.Poller}s, one for
 * each event loop. A poller is given {@link org.pollux.reactor.spi.Source}s, answers each with a
 * {@link org.pollux.reactor.spi.Registration}, and calls {@code onReady} of those that can be read or written. The
 * rules that it keeps are numbered P1, P2, … in the javadoc of these types; the tests of {@code reactor-tck} carry the
 * same numbers, and a backend that passes them is a backend.
 *
 * <p>A mechanism that completes operations may receive ahead and send later. Then it does hold bytes, of
 * {@linkplain org.pollux.reactor.spi.Source#isStream streams} alone, and gives them away before another poller follows
 * ({@link org.pollux.reactor.spi.Handover}).
 *
 * <p>Most of these rules do not depend on the mechanism: {@code org.pollux.reactor.spi.base} keeps them, for backends to
 * extend.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.reactor.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
