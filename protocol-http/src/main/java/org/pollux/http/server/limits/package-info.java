/**
 * What is counted: how often a limit was met, and how many connections each client has open.
 */
@NullMarked
package org.pollux.http.server.limits;

import org.jspecify.annotations.NullMarked;
