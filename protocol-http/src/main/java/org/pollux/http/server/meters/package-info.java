/** Counts requests, and measures how long their responses take. It knows no other room. */
@NullMarked
package org.pollux.http.server.meters;

import org.jspecify.annotations.NullMarked;
