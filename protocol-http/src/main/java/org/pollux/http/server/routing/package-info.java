/**
 * Which handler, which filters and which error page serve a request, and how requests wait for one of them that is being
 * replaced. It works on the layout of a head, whichever wire has read it, and knows no wire.
 */
@NullMarked
package org.pollux.http.server.routing;

import org.jspecify.annotations.NullMarked;
