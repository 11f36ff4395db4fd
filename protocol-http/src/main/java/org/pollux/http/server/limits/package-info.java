/**
 * What is counted: how often a limit was met.
 */
@NullMarked
package org.pollux.http.server.limits;

import org.jspecify.annotations.NullMarked;
