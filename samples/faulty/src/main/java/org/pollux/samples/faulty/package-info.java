/**
 * What no handler should do: it sleeps, or spins, in a callback. For trying what a server does about it; see
 * docs/held-up-loops.md.
 */
@NullMarked
package org.pollux.samples.faulty;

import org.jspecify.annotations.NullMarked;
