/**
 * What every backend for a mechanism of the system needs, kept once: the rules of {@code org.pollux.reactor.spi} that do
 * not depend on the mechanism, and the descriptors of channels.
 *
 * <p>{@link org.pollux.reactor.spi.base.AbstractPoller} keeps P4, P6, P7 and P10 to P13, and of P2 and P14 what does not
 * depend on the mechanism; {@link org.pollux.reactor.spi.base.AbstractRegistration} keeps P15, P16 and P18. What is left
 * to a backend is to watch a channel, to wait, and to say what was found. The runtime knows nothing of this package: a
 * backend that needs another shape implements the interfaces.
 *
 * <p>This package has a version of its own, below 1.0 also when the API is not: it follows the mechanisms that backends use.
 * {@link org.pollux.reactor.spi.base.JdkChannels} above all stands on internals of the JDK, and may change with any release of
 * it. No promise of compatibility covers the package; a backend states the exact version that it was built for.
 */
@Export
@Version("0.2.0")
@NullMarked
package org.pollux.reactor.spi.base;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
