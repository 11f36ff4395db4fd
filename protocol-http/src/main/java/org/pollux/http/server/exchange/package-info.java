/**
 * One request and its response, as handlers, filters and interceptors see them. An exchange uses its wire only through the
 * interface {@code Carrier}: it depends on no wire and no route.
 */
@NullMarked
package org.pollux.http.server.exchange;

import org.jspecify.annotations.NullMarked;
