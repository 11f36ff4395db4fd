/**
 * Tools for the tests of protocols and of reactors. Nothing happens unless the test asks for it, and time passes only on its
 * {@link org.pollux.reactor.testkit.ManualClock}.
 *
 * <ul>
 *   <li>{@link org.pollux.reactor.testkit.HandConnection} on a {@link org.pollux.reactor.testkit.HandReactor} is a
 * connection
 *       in memory. The test is its peer. It needs no socket and takes microseconds.
 *   <li>{@link org.pollux.reactor.testkit.TurnedReactor} turns a real reactor step by step, with real sockets at the other
 *       side: {@link org.pollux.reactor.testkit.Peer}.
 * </ul>
 *
 * <p>The kit depends on {@code reactor-api} alone, and on no test framework: a failed check is an {@link AssertionError}.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
