/**
 * The TLS engine on {@link javax.net.ssl.SSLEngine}: it needs only the JDK, so it works wherever Pollux does, and serves when
 * no other engine can.
 *
 * <p>A context is an {@code SSLContext} whose managers ask the session that is at work for its settings, so that an update
 * touches no session. A session is an {@code SSLEngine}: {@code Inbound} and {@code Outbound} keep the encrypted bytes that
 * wait, and the buffers in which it works are borrowed for each call.
 *
 * <p>The JDK keeps its own keys for tickets, staples no response that it is given, and gives no session away: those settings
 * have no effect here, and connections are drained when this engine is replaced. It fails a session of TLS 1.3 whose peer sends
 * a record without content.
 */
@Export(
        substitution =
                Export.Substitution
                        .NOIMPORT) // exported for plain Java; a bundle that imports its own package could get its
// previous version
@Capability(namespace = "pollux.tls", name = "jsse")
@NullMarked
@Version("0.1.0")
package org.pollux.reactor.tls.jsse;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
