package org.pollux.http.websocket;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The subprotocols that a {@link WebSocketHandler} speaks: the service property {@code subprotocols}, one or several,
 * case-sensitive (RFC 6455, section 1.9). The first one that the client names and the handler has is agreed on. When there is none, the
 * connection has no subprotocol.
 */
@ComponentPropertyType
public @interface Subprotocols {

    String[] value();
}
