package org.pollux.reactor.admin;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The requests of one route at one moment, counted since the protocol was started. From any thread. Later versions add methods with
 * a default.
 */
@ConsumerType
public interface RouteStatus {

    /**
     * The path as its handler has registered it, {@code /users/{id}}, and never one that a client has sent. {@code (server)} stands
     * for the responses of the server itself, {@code (other)} for the routes beyond the limit.
     */
    String route();

    /** How many responses there were of each class: {@code 2xx}; and {@code lost}, whose response did not come to its end. */
    Map<String, Long> responses();

    /** The time from a request's head to the last byte of the response that was handed to the connection. */
    Distribution latency();
}
