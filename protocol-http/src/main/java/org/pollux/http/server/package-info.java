/** The HTTP server. */
@NullMarked
package org.pollux.http.server;

import org.jspecify.annotations.NullMarked;
