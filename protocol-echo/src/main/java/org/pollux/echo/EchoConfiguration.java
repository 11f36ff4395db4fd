package org.pollux.echo;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.echo}, and of each {@code pollux.echo.another}. */
@ObjectClassDefinition(name = "Pollux echo", description = "Sends back what comes")
@interface EchoConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description =
                    "Where it is reached: tcp://HOST:PORT, udp://HOST:PORT, unix:PATH; several are separated by commas")
    String[] endpoint() default "tcp://127.0.0.1:7007";

    @AttributeDefinition(
            name = "Datagrams per source",
            description =
                    "How many datagrams an address (of IPv6, a /64 network) is sent back without a pause of a second."
                            + " After that it is left without a response for a second, which ends loops of two echo services",
            min = "1")
    int datagramsPerSource() default 1000;

    @AttributeDefinition(
            name = "Low ports",
            description =
                    "Whether datagrams from ports below 1024 are sent back. Services have these ports as a rule, and"
                            + " with a forged source the two would talk for ever")
    boolean lowPorts() default false;
}
