/**
 * The interface between the runtime and a backend: all that a polling mechanism must supply to carry Pollux.
 *
 * <p><b>The runtime owns every socket and all state. A backend only reports which sockets are ready.</b> A backend
 * keeps only state that it can be given again. So another backend can replace it between two turns of a loop, while
 * every connection stays open. That is the main idea of Pollux. For this reason the package has no timer, no task, no
 * wake-up, no accept, no close and no error event.
 *
 * <p>A {@link org.pollux.reactor.spi.Backend} is a service that opens {@link org.pollux.reactor.spi.Poller}s, one for
 * each event loop. A poller is given {@link org.pollux.reactor.spi.Source}s, returns a
 * {@link org.pollux.reactor.spi.Registration} for each, and calls {@code onReady} of those that can be read or written.
 * The rules that it keeps are numbered P1, P2, … in the javadoc of these types. The tests of {@code reactor-tck} carry
 * the same numbers; a backend must pass them.
 *
 * <p>A mechanism that completes operations may receive ahead and send later. Then it holds bytes, of
 * {@linkplain org.pollux.reactor.spi.Source#isStream streams} only, and hands them over before another poller follows
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
