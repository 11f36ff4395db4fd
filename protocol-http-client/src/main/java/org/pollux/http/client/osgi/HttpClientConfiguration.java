package org.pollux.http.client.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.client}. A change replaces the service and ends all exchanges. */
@ObjectClassDefinition(name = "Pollux HTTP client", description = "The HTTP client that handlers get as a service")
@interface HttpClientConfiguration {

    @AttributeDefinition(
            name = "Connections per host",
            description = "How many connections one host and port may have, including idle ones that are kept",
            min = "1")
    int connectionsPerHost() default 32;

    @AttributeDefinition(name = "Connections", description = "How many connections there may be in total", min = "1")
    int connections() default 256;

    @AttributeDefinition(
            name = "Queue",
            description = "How many requests may wait for a connection. A further one is refused",
            min = "0")
    int queue() default 10000;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds until a connection must be established. 0 is the limit of the system",
            min = "0")
    int connectTimeout() default 10;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds for which a server may send nothing. 0 means no limit",
            min = "0")
    int idleTimeout() default 30;

    @AttributeDefinition(
            name = "Total timeout",
            description = "Seconds for a whole exchange, unless its request says otherwise. 0 means no limit",
            min = "0")
    int totalTimeout() default 0;

    @AttributeDefinition(
            name = "Keep alive",
            description = "Seconds for which an idle connection is kept for the next request. 0 keeps none",
            min = "0")
    int keepAlive() default 30;

    @AttributeDefinition(
            name = "Head limit",
            description = "Bytes of the head of a response, 256 to 32768",
            min = "256",
            max = "32768")
    int headLimit() default 32768;

    @AttributeDefinition(
            name = "User-Agent",
            description = "The User-Agent field of every request. If it is empty, the field is not sent")
    String userAgent() default "Pollux";
}
