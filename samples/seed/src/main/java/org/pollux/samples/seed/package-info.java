/**
 * The programs that newLISP's Reactor was made for, each in a file of its own: downloaders, a
 * buffer with a marker, intervals and timers.
 */
@NullMarked
package org.pollux.samples.seed;

import org.jspecify.annotations.NullMarked;
