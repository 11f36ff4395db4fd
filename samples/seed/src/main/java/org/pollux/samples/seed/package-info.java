/**
 * The programs for which newLISP's Reactor was made, each in a file of its own: downloaders, a buffer with a marker,
 * intervals and timers.
 */
@NullMarked
package org.pollux.samples.seed;

import org.jspecify.annotations.NullMarked;
