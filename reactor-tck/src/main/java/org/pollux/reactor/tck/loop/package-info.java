/**
 * A reactor in the hands of a test: {@link org.pollux.reactor.tck.loop.TurnedReactor} is turned step by step, with a
 * clock of its own, and real sockets are at its other side.
 *
 * <p>It knows a reactor by {@link org.pollux.reactor.Reactor} and {@link org.pollux.reactor.tck.loop.SwappableReactor}
 * only, so that whoever writes one can use it.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.loop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
