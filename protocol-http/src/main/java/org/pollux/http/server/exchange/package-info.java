/**
 * One request and its response, as handlers, filters and interceptors see them. An exchange talks to what carries it by the
 * interface {@code Carrier} alone: it knows no wire and no route.
 */
@NullMarked
package org.pollux.http.server.exchange;

import org.jspecify.annotations.NullMarked;
