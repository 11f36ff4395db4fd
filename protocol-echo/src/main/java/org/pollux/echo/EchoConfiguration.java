package org.pollux.echo;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.echo}, and of each {@code pollux.echo.another}. */
@ObjectClassDefinition(name = "Pollux echo", description = "Sends back the data that it receives")
@interface EchoConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description =
                    "The addresses where it listens: tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, unix:PATH; "
                            + "commas separate several")
    String[] endpoint() default "tcp://127.0.0.1:7007";

    @AttributeDefinition(
            name = "ALPN",
            description = "The names by which TLS clients choose the echo at an endpoint that several protocols share")
    String[] alpn() default {};

    @AttributeDefinition(
            name = "Datagrams per source",
            description = "How many datagrams an address (of IPv6, a /64 network) may send without a pause of a "
                    + "second. Then it gets no response for a second, which ends loops between two echo services",
            min = "1")
    int datagramsPerSource() default 1000;

    @AttributeDefinition(
            name = "Low ports",
            description = "Whether datagrams from ports below 1024 get a response. Services usually have these "
                    + "ports. With a forged source address, two services would send to each other for ever")
    boolean lowPorts() default false;
}
