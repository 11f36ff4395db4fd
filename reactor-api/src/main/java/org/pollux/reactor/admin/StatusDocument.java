package org.pollux.reactor.admin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The whole status of the server as JSON: a service that {@code pollux status --json} prints and the dashboard serves, so that both
 * show the same. Its schema is {@code docs/status.schema.json}.
 */
@ProviderType
public interface StatusDocument {

    /**
     * One JSON object in one line, without a line feed. Like {@link Server#status} it asks other bundles, so it may take a
     * moment and must not be called on a loop's thread.
     */
    String json();
}
