/**
 * One exchange of the client, whichever wire carries it: the call with its redirects and its repetitions, the fields that each
 * request has, and the response on its way to the handler. It knows no wire: {@code Carrier}, {@code Wire} and {@code Keeper}
 * are what it asks of them.
 */
@NullMarked
package org.pollux.http.client.exchange;

import org.jspecify.annotations.NullMarked;
