/**
 * One request on its way through a servlet: request, response, asynchronous continuation. A {@code Cycle} has the order of the
 * calls; it knows the HTTP handler API, bodies, forms and sessions.
 */
@NullMarked
package org.pollux.servlet.exchange;

import org.jspecify.annotations.NullMarked;
