/** Counts how often limits were reached. */
@NullMarked
package org.pollux.http.server.limits;

import org.jspecify.annotations.NullMarked;
