/**
 * The interface between the runtime and a TLS engine: all that a TLS library must supply to encrypt Pollux's streams.
 *
 * <p><b>An engine owns no socket, no thread and no timer.</b> The runtime decides when a session goes on, and all
 * encrypted bytes move through the {@link org.pollux.reactor.tls.CipherStream} below it. So every backend carries every
 * engine, and an engine can be replaced while connections live, as a backend can.
 *
 * <pre>
 *   TlsEngine             a service: openssl, jsse
 *    ├─ TlsServerContext  settings that can be replaced: certificates, ALPN, client certificates, ticket keys
 *    └─ TlsClientContext  settings, and the sessions to resume
 *        └─ TlsSession    one connection: handshake, read, write, closeNotify
 *            └─ CipherStream   the stream below, the runtime's
 * </pre>
 *
 * <p>The rules that an engine keeps are numbered T1, T2, … in the javadoc of these types. The tests of
 * {@code reactor-tck} carry the same numbers; an engine must pass them. {@code org.pollux.reactor.tls.base} has what
 * engines share.
 *
 * <p><b>Threads.</b> Engines and contexts may be used from any thread, by many at once. A session is used by one thread
 * at a time, that of its loop.
 *
 * <p><b>Exceptions.</b> A failure of TLS is a {@link org.pollux.reactor.tls.TlsException} with a reason. An exception of
 * the stream below passes unchanged. Settings that an engine cannot use are an {@link java.lang.IllegalArgumentException}
 * whose message says which one, with its value and the remedy.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
