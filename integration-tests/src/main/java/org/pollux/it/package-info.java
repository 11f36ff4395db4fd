/** Tests of the assembled whole. */
@NullMarked
package org.pollux.it;

import org.jspecify.annotations.NullMarked;
