package org.pollux.http.client.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.client}. A change ends what is under way: the service is replaced. */
@ObjectClassDefinition(name = "Pollux HTTP client", description = "The HTTP client that is a service")
@interface HttpClientConfiguration {

    @AttributeDefinition(
            name = "Connections per host",
            description = "At most at a time for one host and port, those kept for later included",
            min = "1")
    int connectionsPerHost() default 32;

    @AttributeDefinition(name = "Connections", description = "At most at a time in all", min = "1")
    int connections() default 256;

    @AttributeDefinition(
            name = "Queue",
            description = "Requests that may wait for a connection; one more is refused",
            min = "0")
    int queue() default 10000;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds until a connection is established; 0: the system's",
            min = "0")
    int connectTimeout() default 10;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds for which a server may send nothing; 0: for ever",
            min = "0")
    int idleTimeout() default 30;

    @AttributeDefinition(
            name = "Total timeout",
            description = "Seconds for a whole exchange, unless its request says otherwise; 0: for ever",
            min = "0")
    int totalTimeout() default 0;

    @AttributeDefinition(
            name = "Keep alive",
            description = "Seconds for which an idle connection is kept for the next request; 0: none is kept",
            min = "0")
    int keepAlive() default 30;

    @AttributeDefinition(
            name = "Head limit",
            description = "Bytes of an answer's head, 256 to 32768",
            min = "256",
            max = "32768")
    int headLimit() default 32768;

    @AttributeDefinition(name = "User-Agent", description = "The field of every request; none is sent when it is empty")
    String userAgent() default "Pollux";
}
