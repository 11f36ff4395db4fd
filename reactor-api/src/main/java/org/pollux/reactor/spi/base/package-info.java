/**
 * The common parts of backends: the rules of {@code org.pollux.reactor.spi} that do not depend on the mechanism, and
 * the descriptors of channels.
 *
 * <p>{@link org.pollux.reactor.spi.base.AbstractPoller} keeps P4, P6, P7 and P10 to P13, and the parts of P2 and P14
 * that do not depend on the mechanism; {@link org.pollux.reactor.spi.base.AbstractRegistration} keeps P15, P16 and P18.
 * A backend has to watch a channel, to wait, and to report the readiness that it found. {@link
 * org.pollux.reactor.spi.base.StreamBytes} moves the bytes of a descriptor with the system's calls. The runtime does not use this
 * package: a backend that needs another shape implements the interfaces.
 *
 * <p>This package has its own version, which is below 1.0 also when that of the API is not: it follows the mechanisms
 * that backends use. {@link org.pollux.reactor.spi.base.JdkChannels} in particular depends on internals of the JDK, and
 * may change with any release of it. No promise of compatibility covers the package; a backend states the exact version
 * that it was built for.
 */
@Export
@Version("0.3.0")
@NullMarked
package org.pollux.reactor.spi.base;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
