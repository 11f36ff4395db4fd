package org.pollux.http.client.exchange;

/**
 * Where a connection leads: calls with the same route can share connections.
 *
 * @param origin the server that responds
 */
public record Route(Origin origin) {}
