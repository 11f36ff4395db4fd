/** The side that has the service. */
@NullMarked
package org.pollux.samples.remote.node;

import org.jspecify.annotations.NullMarked;
