/**
 * The TLS engine on OpenSSL 3, called through {@link java.lang.foreign} without a line of C.
 *
 * <p>A session is an {@code SSL} between two BIOs in memory. All sessions of a thread share these two, and the buffers, because
 * a session needs them only inside a call. So an idle session has the {@code SSL} alone. An edition of settings is a set of
 * {@code SSL_CTX}s that is never changed: an update makes other ones, and the last session frees the old ones.
 *
 * <pre>
 *   OpenSslEngine ─▶ OpenSslServerContext ─▶ ServerContexts: the SSL_CTXs of an edition, and ServerCallbacks
 *                    OpenSslClientContext ─▶ ClientContexts: one SSL_CTX, and SessionCache
 *                              │ open, adopt
 *                              ▼
 *                    OpenSslSession ─▶ Workspace of the thread: InputBio, OutputBio, buffers
 *                              │
 *                              ▼
 *                    Ssl, SslCtx, Crypto: all C functions, each a CFunction
 * </pre>
 *
 * <p>Callbacks into Java happen during a handshake, and on a client when a ticket arrives. They find their session in the
 * workspace of the thread, throw nothing, and end with the last session of their edition.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@Capability(namespace = "pollux.tls", name = "openssl")
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tls.openssl;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
