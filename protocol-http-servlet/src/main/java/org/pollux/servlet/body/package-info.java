/**
 * Bodies as the streams, readers and writers of servlets, on the backpressure of {@code org.pollux.http}. Knows nothing of
 * requests and sessions.
 */
@NullMarked
package org.pollux.servlet.body;

import org.jspecify.annotations.NullMarked;
