package org.pollux.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.shell}. */
@ObjectClassDefinition(
        name = "Pollux shell",
        description = "The shell of the running server, which 'pollux shell' and 'pollux status' use")
@interface ShellConfiguration {

    @AttributeDefinition(
            name = "Endpoint",
            description = "The address where the shell listens. A client that can open it can do everything. A path "
                    + "is relative to the server's home. Only the owner may open the socket unless ?mode= says "
                    + "otherwise")
    String[] endpoint() default ShellEndpoints.DEFAULT;

    @AttributeDefinition(
            name = "Allow network",
            description = "Whether the shell is also served on an endpoint that every user can open: "
                    + "tcp://HOST:PORT, even on 127.0.0.1, or a mode such as 666. The shell asks for no "
                    + "password. By default such an endpoint is refused")
    boolean allowNetwork() default false;

    @AttributeDefinition(
            name = "Loop",
            description = "The loop that serves the shell. admin is the loop for administration, which no handler "
                    + "can hold up. If it is empty, the other loops serve the shell")
    String loop() default "admin";

    @AttributeDefinition(
            name = "Sessions",
            description = "How many shells and commands may be open at a time",
            min = "2")
    int sessions() default 32;

    @AttributeDefinition(
            name = "Command timeout",
            description = "Seconds that a command may take. Then it is interrupted. 0 means no limit",
            min = "0")
    int commandTimeout() default 300;
}
