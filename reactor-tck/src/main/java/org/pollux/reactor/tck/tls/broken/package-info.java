/**
 * TLS engines that break the contract on purpose, one rule each, which show that the tests catch them.
 *
 * <p>{@link org.pollux.reactor.tck.tls.broken.TlsFault} is the table of them. Each one wraps a working engine, forwards all
 * calls, and makes one mistake. {@link org.pollux.reactor.tck.tls.broken.GivingEngine} is a sound one: it gives the sessions of
 * any engine away.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.tls.broken;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
