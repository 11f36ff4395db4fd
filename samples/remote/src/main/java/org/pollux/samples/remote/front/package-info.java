/** The side that uses the service, for clients that speak HTTP. */
@NullMarked
package org.pollux.samples.remote.front;

import org.jspecify.annotations.NullMarked;
