package org.pollux.http.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http}. What changes holds for connections that are accepted from then on. */
@ObjectClassDefinition(
        id = "org.pollux.http.server.HttpConfiguration",
        name = "Pollux HTTP",
        description = "The HTTP server")
@interface HttpConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description = "Where it is reached: tcp://HOST:PORT, unix:PATH; several are separated by commas")
    String[] endpoint() default "tcp://127.0.0.1:8080";

    @AttributeDefinition(
            name = "Request line limit",
            description = "Bytes of a request line, at most the head limit; a longer one is answered 414",
            min = "64",
            max = "32768")
    int requestLineLimit() default 8192;

    @AttributeDefinition(
            name = "Head limit",
            description =
                    "Bytes of the whole head of a request, and of the trailers behind its body, 128 to 32768; longer"
                            + " ones are answered 431",
            min = "128",
            max = "32768")
    int headLimit() default 16384;

    @AttributeDefinition(
            name = "Field limit",
            description =
                    "How many fields the head of a request may have, and how many the trailers behind its body, 1 to"
                            + " 32768; more are answered 431",
            min = "1",
            max = "32768")
    int fieldLimit() default 100;

    @AttributeDefinition(
            name = "Head timeout",
            description = "Seconds from the first byte of a head to its last; a later one is answered 408",
            min = "1")
    int headTimeout() default 10;

    @AttributeDefinition(
            name = "Body limit",
            description = "Bytes of the body of a request; a longer one is answered 413. A handler may take less",
            min = "0")
    long bodyLimit() default 1073741824;

    @AttributeDefinition(
            name = "Pass-over limit",
            description =
                    "Bytes of a body that no handler wanted, which are read so that the connection can go on; with"
                            + " more it closes after the answer",
            min = "0")
    int passOverLimit() default 262144;

    @AttributeDefinition(
            name = "Slowest rate",
            description =
                    "Bytes in a second that a client must send of its body, and take of its answer; a slower body is"
                            + " answered 408, a slower reader is cut off",
            min = "1")
    int slowestRate() default 500;

    @AttributeDefinition(
            name = "Patience",
            description = "Seconds for which a client may be slower than that",
            min = "1")
    int patience() default 20;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds that a connection may wait for a request, and its client for more of an answer",
            min = "1")
    int idleTimeout() default 30;

    @AttributeDefinition(
            name = "Response timeout",
            description =
                    "Seconds for which a handler may not begin its response, while it does not wait for more of the"
                            + " request's body; then the server responds with 503. 0 is no bound",
            min = "0")
    int responseTimeout() default 60;

    @AttributeDefinition(
            name = "Requests per connection",
            description = "How many requests a connection may serve; it closes after the last",
            min = "1")
    int requestsPerConnection() default 1000000;

    @AttributeDefinition(
            name = "Connections per address",
            description = "How many connections one client address may have open; one more is answered 503. 0 is no"
                    + " limit. -1 is 2000, but no limit for this machine's own addresses; a number that is set"
                    + " holds for these too. Behind a proxy on another machine all clients have its address",
            min = "-1")
    int connectionsPerAddress() default -1;

    @AttributeDefinition(
            name = "Outbound limit",
            description =
                    "Bytes of answers that may wait for a client, 4096 to 8388608; then the handler is told to wait,"
                            + " and no further request is looked at",
            min = "4096",
            max = "8388608")
    int outboundLimit() default 65536;

    @AttributeDefinition(
            name = "Hand-over time",
            description =
                    "Seconds, 0 to 300, that requests wait for a handler or a filter that is being updated or replaced;"
                            + " then they are answered 503",
            min = "0",
            max = "300")
    int handOver() default 5;

    @AttributeDefinition(
            name = "Waiting requests",
            description =
                    "How many requests may wait for such a handler or filter at the same time; one more is answered 503"
                            + " at once",
            min = "0",
            max = "100000")
    int handOverRequests() default 1000;

    @AttributeDefinition(
            name = "Required filters",
            description =
                    "Paths that must not be served without a filter: auth at /admin/*; several are separated by commas. A"
                            + " filter is named by its service property name. Requests that have not passed it are"
                            + " answered 503")
    String[] require() default {};

    @AttributeDefinition(
            name = "Blocking calls",
            description =
                    "How many requests the blocking handlers of one bundle may have at a time; as many more wait, and beyond"
                            + " that 503 is answered",
            min = "1")
    int blockingCalls() default 256;

    @AttributeDefinition(
            name = "Blocking wait",
            description = "Seconds that a request waits for a blocking handler at most; then 503 is answered",
            min = "1")
    int blockingWait() default 5;

    @AttributeDefinition(
            name = "Server",
            description = "The Server field of every answer; none is sent when it is empty")
    String server() default "";
}
