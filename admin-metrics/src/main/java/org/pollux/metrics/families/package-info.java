/** The metrics of one reading, in families, and their text. Knows the numbers of the server and the service of this bundle. */
@NullMarked
package org.pollux.metrics.families;

import org.jspecify.annotations.NullMarked;
