/**
 * The connections of a client: who waits for one, how one is opened, and which wire it speaks. It is the only room that knows all
 * wires.
 */
@NullMarked
package org.pollux.http.client.pool;

import org.jspecify.annotations.NullMarked;
