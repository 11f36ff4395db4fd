package org.pollux.http.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code pollux.http}. */
@ObjectClassDefinition(
        name = "Pollux HTTP server",
        description = "What changes applies to connections accepted from then on.")
@interface HttpConfiguration {

    @AttributeDefinition(description = "Where it is reached: tcp://host:port or unix:file.")
    String[] endpoint() default "tcp://127.0.0.1:8080";

    @AttributeDefinition(description = "Bytes of a request line, answered 414 beyond. At most headLimit.")
    int requestLineLimit() default 8192;

    @AttributeDefinition(description = "Bytes of the head of a request, answered 431 beyond. At most 32768.")
    int headLimit() default 16384;

    @AttributeDefinition(description = "Seconds from the first byte of a head to its last, answered 408 beyond.")
    int headTimeout() default 10;

    @AttributeDefinition(description = "Seconds that a connection may wait for a request, or for its client to read.")
    int idleTimeout() default 60;

    @AttributeDefinition(description = "The Server field of every answer; none is sent when this is empty.")
    String server() default "";
}
