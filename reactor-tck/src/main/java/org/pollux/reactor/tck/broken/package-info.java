/**
 * Backends that break the contract on purpose, one rule each, and reactors that lose something in a swap, to show that
 * the tests catch them.
 *
 * <p>{@link org.pollux.reactor.tck.broken.Fault} and {@link org.pollux.reactor.tck.broken.SwapFault} are the tables of
 * them. Each one wraps what works, hands on what it is asked, and does one thing wrong. The mistakes are those that an
 * author makes.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.broken;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
