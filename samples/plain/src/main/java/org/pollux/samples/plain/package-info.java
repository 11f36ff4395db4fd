/** The reactor in a plain {@code main}, without OSGi. */
@NullMarked
package org.pollux.samples.plain;

import org.jspecify.annotations.NullMarked;
