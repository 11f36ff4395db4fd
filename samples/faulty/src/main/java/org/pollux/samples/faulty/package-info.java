/**
 * Faulty handlers, which sleep or spin in a callback. They show what a server does about it; see docs/held-up-loops.md.
 */
@NullMarked
package org.pollux.samples.faulty;

import org.jspecify.annotations.NullMarked;
