package org.pollux.http.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http}. A change applies to connections that are accepted later. */
@ObjectClassDefinition(
        id = "org.pollux.http.server.HttpConfiguration",
        name = "Pollux HTTP",
        description = "The HTTP server")
@interface HttpConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description = "The addresses where it listens: tcp://HOST:PORT, unix:PATH; commas separate several")
    String[] endpoint() default "tcp://127.0.0.1:8080";

    @AttributeDefinition(
            name = "Request line limit",
            description = "Bytes of a request line, at most the head limit. A longer one gets 414",
            min = "64",
            max = "32768")
    int requestLineLimit() default 8192;

    @AttributeDefinition(
            name = "Head limit",
            description = "Bytes of the whole head of a request, and of the trailers of its body, 128 to 32768. "
                    + "Longer ones get 431",
            min = "128",
            max = "32768")
    int headLimit() default 16384;

    @AttributeDefinition(
            name = "Field limit",
            description = "How many fields the head of a request may have, and how many the trailers of its body, 1 "
                    + "to 32768. A request with more gets 431",
            min = "1",
            max = "32768")
    int fieldLimit() default 100;

    @AttributeDefinition(
            name = "Head timeout",
            description = "Seconds from the first byte of a head to its last. A slower head gets 408",
            min = "1")
    int headTimeout() default 10;

    @AttributeDefinition(
            name = "Body limit",
            description = "Bytes of the body of a request. A longer one gets 413. A handler may set a lower limit",
            min = "0")
    long bodyLimit() default 1073741824;

    @AttributeDefinition(
            name = "Pass-over limit",
            description = "Bytes of a body that are read and discarded if no handler reads it. If the body is "
                    + "longer, the connection closes after the response",
            min = "0")
    int passOverLimit() default 262144;

    @AttributeDefinition(
            name = "Slowest rate",
            description = "Bytes in a second that a client must send of its body, and read of its response. A slower "
                    + "body gets 408, a slower reader is aborted",
            min = "1")
    int slowestRate() default 500;

    @AttributeDefinition(
            name = "Patience",
            description = "Seconds for which a client may be slower than the slowest rate",
            min = "1")
    int patience() default 20;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds that a connection may wait for a request, and its client for more of a response",
            min = "1")
    int idleTimeout() default 30;

    @AttributeDefinition(
            name = "Response timeout",
            description = "Seconds until a handler must begin its response. Time in which the handler waits for more "
                    + "of the request's body does not count. Then the server responds with 503. 0 means no limit",
            min = "0")
    int responseTimeout() default 60;

    @AttributeDefinition(
            name = "Requests per connection",
            description = "How many requests a connection may serve. It closes after the last one",
            min = "1")
    int requestsPerConnection() default 1000000;

    @AttributeDefinition(
            name = "Outbound limit",
            description = "Bytes of responses that may wait for a client, 4096 to 8388608. Beyond that the handler "
                    + "is told to wait, and no further request is read",
            min = "4096",
            max = "8388608")
    int outboundLimit() default 65536;

    @AttributeDefinition(
            name = "HTTP/2 requests at a time",
            description = "How many requests of an HTTP/2 connection may be under way at the same time, 1 to 10000. "
                    + "A request counts until its handler has stopped, even if the client has cancelled it. A "
                    + "further request is refused",
            min = "1",
            max = "10000")
    int http2Streams() default 100;

    @AttributeDefinition(
            name = "HTTP/2 window",
            description = "Bytes of a request's body that an HTTP/2 client may send before they are read, 1024 to "
                    + "2147483647",
            min = "1024",
            max = "2147483647")
    int http2Window() default 65536;

    @AttributeDefinition(
            name = "HTTP/2 connection window",
            description = "Bytes of the bodies of all requests of an HTTP/2 connection that its client may send "
                    + "before they are read, 65535 to 2147483647",
            min = "65535",
            max = "2147483647")
    int http2ConnectionWindow() default 1048576;

    @AttributeDefinition(
            name = "HTTP/2 field table",
            description = "Bytes of the table of fields (HPACK) that an HTTP/2 connection has in each direction, 0 "
                    + "to 65536",
            min = "0",
            max = "65536")
    int http2Table() default 4096;

    @AttributeDefinition(
            name = "HTTP/2 continuations",
            description = "How many CONTINUATION frames the head of an HTTP/2 request may have, 0 to 1000. With "
                    + "more, the connection ends",
            min = "0",
            max = "1000")
    int http2Continuations() default 8;

    @AttributeDefinition(
            name = "HTTP/2 resets",
            description = "How many requests in a row an HTTP/2 client may cancel, or lose by its own faults. With "
                    + "more, the connection ends",
            min = "1")
    int http2Resets() default 100;

    @AttributeDefinition(
            name = "HTTP/2 reset rate",
            description = "How many cancelled requests an HTTP/2 client gets back in a second",
            min = "1")
    int http2ResetRate() default 33;

    @AttributeDefinition(
            name = "HTTP/2 overhead",
            description = "How many frames in a row an HTTP/2 client may send that bring neither a request nor a "
                    + "body: settings, pings, priorities, empty frames. With more, the connection ends",
            min = "1")
    int http2Overhead() default 1000;

    @AttributeDefinition(
            name = "HTTP/2 overhead rate",
            description = "How many such frames an HTTP/2 client gets back in a second",
            min = "1")
    int http2OverheadRate() default 100;

    @AttributeDefinition(
            name = "HTTP/2 control frames",
            description = "How many responses to frames of an HTTP/2 client may wait for it when it does not read. "
                    + "With more, the connection ends",
            min = "1")
    int http2ControlFrames() default 256;

    @AttributeDefinition(
            name = "Hand-over time",
            description = "Seconds, 0 to 300, that requests wait for a handler or a filter that is being updated or "
                    + "replaced. Then they get 503",
            min = "0",
            max = "300")
    int handOver() default 5;

    @AttributeDefinition(
            name = "Waiting requests",
            description = "How many requests may wait for such a handler or filter at the same time. A further one "
                    + "gets 503 at once",
            min = "0",
            max = "100000")
    int handOverRequests() default 1000;

    @AttributeDefinition(
            name = "Required filters",
            description = "Paths that must not be served without a filter: auth at /admin/*; commas separate "
                    + "several. The service property name of a filter is its name. Requests that have not passed "
                    + "the filter get 503")
    String[] require() default {};

    @AttributeDefinition(
            name = "Blocking calls",
            description = "How many requests the blocking handlers of one bundle may process at a time. As many more "
                    + "wait. Further ones get 503",
            min = "1")
    int blockingCalls() default 256;

    @AttributeDefinition(
            name = "Blocking wait",
            description = "Seconds that a request may wait for a blocking handler. Then it gets 503",
            min = "1")
    int blockingWait() default 5;

    @AttributeDefinition(
            name = "Server",
            description = "The Server field of every response. If it is empty, the field is not sent")
    String server() default "";
}
