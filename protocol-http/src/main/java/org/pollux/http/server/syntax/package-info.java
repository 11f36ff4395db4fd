/**
 * The grammar of HTTP that all wires share: methods, targets, hosts, paths, fields, status codes, and the layout of a head.
 * It knows nothing else of the server.
 */
@NullMarked
package org.pollux.http.server.syntax;

import org.jspecify.annotations.NullMarked;
