/**
 * Writes JSON (RFC 8259). It knows nothing of the server. The tree has no JSON library, and a status needs objects, lists, texts and
 * numbers only.
 */
@NullMarked
package org.pollux.reactor.server.json;

import org.jspecify.annotations.NullMarked;
