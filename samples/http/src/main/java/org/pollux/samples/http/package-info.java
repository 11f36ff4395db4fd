/** HTTP handlers to copy from. */
@NullMarked
package org.pollux.samples.http;

import org.jspecify.annotations.NullMarked;
