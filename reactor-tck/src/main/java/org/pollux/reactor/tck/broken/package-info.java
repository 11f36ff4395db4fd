/**
 * Backends that break the contract on purpose, one rule each, and reactors that lose something in a swap, which show that
 * the tests catch them.
 *
 * <p>{@link org.pollux.reactor.tck.broken.Fault} and {@link org.pollux.reactor.tck.broken.SwapFault} are the tables of them.
 * Each one wraps a working backend or reactor, forwards all calls, and makes one mistake. The mistakes are typical of
 * authors.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.broken;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
