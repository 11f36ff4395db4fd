/**
 * The server as an OSGi service: the component, its configuration, and the dynamic services of handlers, filters and error
 * pages. It may use every other package of the server.
 */
@NullMarked
package org.pollux.http.server.osgi;

import org.jspecify.annotations.NullMarked;
