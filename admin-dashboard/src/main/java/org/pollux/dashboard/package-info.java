/**
 * A page that shows the running server, and swaps its backend: static files, the status as JSON, the same as server-sent events each
 * second while somebody looks, and one POST. It knows the status of the server and the HTTP API, and nothing else of Pollux.
 */
@NullMarked
package org.pollux.dashboard;

import org.jspecify.annotations.NullMarked;
