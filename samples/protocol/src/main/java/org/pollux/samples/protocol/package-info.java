/** Protocols to copy from. */
@NullMarked
package org.pollux.samples.protocol;

import org.jspecify.annotations.NullMarked;
