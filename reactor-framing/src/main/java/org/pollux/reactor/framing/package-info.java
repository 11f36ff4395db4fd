/**
 * Messages out of a stream: a {@link org.pollux.reactor.framing.Framing} cuts a connection's bytes into frames, and a
 * {@link org.pollux.reactor.framing.FrameHandler} hears of each.
 *
 * <pre>{@code
 * Framing lines = Framing.delimitedBy(8192, "\n");
 * Protocol echo = connection -> lines.around((c, line) -> {
 *     c.write(line);
 *     c.write(ByteBuffer.wrap(NEW_LINE));
 * });
 * }</pre>
 *
 * <p>However the bytes come in, the frames are the same. What is held of a frame that is not complete has a bound, and no
 * more memory is taken than has come. A frame that is complete when it comes is presented where it lies, without a copy.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.pollux.reactor.framing;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
