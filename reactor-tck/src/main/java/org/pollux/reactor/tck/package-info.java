/**
 * The contract of {@link org.pollux.reactor.spi} as tests that every backend must pass, and the contract of the live swap as
 * tests of a reactor and every pair of backends.
 *
 * <p>A backend's author writes one small class; {@link org.pollux.reactor.tck.PollerContract} shows it. The tests are
 * grouped by topic in the interfaces that it implements, and each name begins with the number of the rule that it
 * checks: {@code p16_} for P16. They use real sockets and pipes, and check the poller through the SPI alone.
 *
 * <p>{@link org.pollux.reactor.tck.SwapContract} is composed in the same way; its names begin with the number of a case,
 * and it checks the reactor through its own API and the swap alone.
 *
 * <p>{@link org.pollux.reactor.tck.broken} shows that the tests catch mistakes: it has one broken poller for each rule, and
 * broken swaps. {@link org.pollux.reactor.tck.tls} has the contract of TLS engines.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
