/**
 * The grammar of HTTP that no wire owns: methods, targets, hosts, paths, fields, status codes, and where the parts of a head
 * are. It knows nothing else of the server.
 */
@NullMarked
package org.pollux.http.server.syntax;

import org.jspecify.annotations.NullMarked;
