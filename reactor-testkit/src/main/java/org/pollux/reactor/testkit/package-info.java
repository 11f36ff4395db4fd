/**
 * For the tests of protocols, and of reactors: nothing happens unless the test says so, and time passes only by its
 * {@link org.pollux.reactor.testkit.ManualClock}.
 *
 * <ul>
 *   <li>{@link org.pollux.reactor.testkit.HandConnection} on a {@link org.pollux.reactor.testkit.HandReactor} is a connection
 *       in memory. The test is its peer. It needs no socket and takes microseconds.
 *   <li>{@link org.pollux.reactor.testkit.TurnedReactor} turns a real reactor step by step, with real sockets at the other
 *       side: {@link org.pollux.reactor.testkit.Peer}.
 * </ul>
 *
 * <p>The kit needs {@code reactor-api} alone, and no test framework: what is not as it should be is an {@link
 * AssertionError}.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
