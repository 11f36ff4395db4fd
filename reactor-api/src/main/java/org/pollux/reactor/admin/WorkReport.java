package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link org.pollux.reactor.ConnectionHandler} that serves one request after the other can also implement this. Then
 * the operator sees which request holds up a loop.
 */
@ConsumerType
public interface WorkReport {

    /**
     * The present request, in one line for people: its first line, and the handler that serves it. Called on another
     * thread while a callback of this handler has not returned, so the values that it reads may be out of date. It must
     * return at once; it may throw.
     */
    String work();
}
