/**
 * The contract of {@link org.pollux.reactor.tls} as tests that every TLS engine must pass.
 *
 * <p>An engine's author writes one small class; {@link org.pollux.reactor.tck.tls.TlsEngineContract} shows it. The tests are
 * grouped by topic in the interfaces that it implements, and each name begins with the number of the rule that it checks:
 * {@code t16_} for T16. They use no socket and no thread: a {@code Talk} is a tested session and its peer in memory, and the
 * peer is the JDK's own engine.
 *
 * <p>{@link org.pollux.reactor.tck.tls.broken} shows that the tests catch mistakes: it has one broken engine for each rule.
 */
@Export
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tck.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
