/**
 * The frames of HTTP/2 (RFC 9113, sections 4 and 6): their form, and the rules that hold for each frame by itself. What a
 * frame means for a stream or a connection is not known here.
 */
@NullMarked
package org.pollux.http.wire.frames;

import org.jspecify.annotations.NullMarked;
