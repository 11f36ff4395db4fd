package org.pollux.http.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http}. What changes holds for connections that are accepted from then on. */
@ObjectClassDefinition(name = "Pollux HTTP", description = "The HTTP server")
@interface HttpConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description = "Where it is reached: tcp://HOST:PORT, unix:PATH; several are separated by commas")
    String[] endpoint() default "tcp://127.0.0.1:8080";

    @AttributeDefinition(
            name = "Request line limit",
            description = "Bytes of a request line, 64 to the head limit; a longer one is answered 414")
    int requestLineLimit() default 8192;

    @AttributeDefinition(
            name = "Head limit",
            description = "Bytes of the whole head of a request, 128 to 32768; a longer one is answered 431")
    int headLimit() default 16384;

    @AttributeDefinition(
            name = "Head timeout",
            description = "Seconds from the first byte of a head to its last; a later one is answered 408")
    int headTimeout() default 10;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds that a connection may wait for a request, and its client for more of an answer")
    int idleTimeout() default 60;

    @AttributeDefinition(
            name = "Server",
            description = "The Server field of every answer; none is sent when it is empty")
    String server() default "";
}
