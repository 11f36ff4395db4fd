/**
 * Finds the handler, the filters and the error page of a request, and lets requests wait while one of them is replaced. It
 * works on the layout of a head, which any wire can supply, and does not depend on a wire.
 */
@NullMarked
package org.pollux.http.server.routing;

import org.jspecify.annotations.NullMarked;
