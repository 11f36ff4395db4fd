package org.pollux.http;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks an {@link HttpHandler} that belongs to the administration of the server: the service property
 * {@code administration}. It is served at the endpoint of PID {@code pollux.admin}, to those who may administer the server,
 * and nowhere else. That endpoint has a loop of its own, so it responds when other handlers hold up theirs.
 */
@ComponentPropertyType
public @interface Administration {}
