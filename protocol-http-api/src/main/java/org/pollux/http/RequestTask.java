package org.pollux.http;

import org.osgi.annotation.versioning.ConsumerType;

/** A task for the thread of a request's reactor; see {@link Request#execute}. */
@FunctionalInterface
@ConsumerType
public interface RequestTask {

    /**
     * Called once. It must not block.
     *
     * @throws Exception is treated as one of {@link HttpHandler#handle}
     */
    void run() throws Exception;
}
