/**
 * Cuts a stream into messages. A {@link org.pollux.reactor.framing.Framing} cuts the bytes of a connection into frames. A
 * {@link org.pollux.reactor.framing.FrameResponder} responds to each, no faster than the peer reads. A
 * {@link org.pollux.reactor.framing.FrameHandler} has all callbacks of the connection as well.
 *
 * <pre>{@code
 * Framing lines = Framing.delimitedBy(8192, "\n");
 * Protocol count = connection -> lines.responding((c, line) -> c.write(UTF_8.encode(line.remaining() + "\n")));
 * }</pre>
 *
 * <p>The frames do not depend on how the bytes arrive. An incomplete frame never takes more memory than its limit, and no
 * more than has arrived. A frame that arrives whole is presented without a copy.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.framing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
