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
}
