/**
 * The server as an OSGi service: the component, its configuration, and the services of handlers, filters and error pages that
 * come and go. It may know every other package of the server.
 */
@NullMarked
package org.pollux.http.server.osgi;

import org.jspecify.annotations.NullMarked;
