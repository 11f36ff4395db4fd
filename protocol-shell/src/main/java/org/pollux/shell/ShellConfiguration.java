package org.pollux.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.shell}. */
@ObjectClassDefinition(
        name = "Pollux shell",
        description = "The shell of the running server: 'pollux shell', 'pollux status'")
@interface ShellConfiguration {

    @AttributeDefinition(
            name = "Endpoint",
            description = "Where the shell listens; whoever may open it may do everything. A path is relative to the"
                    + " server's home, and only the owner may open the socket unless ?mode= says otherwise")
    String[] endpoint() default ShellEndpoints.DEFAULT;

    @AttributeDefinition(
            name = "Allow network",
            description =
                    "Whether an endpoint is served that everybody may open: tcp://HOST:PORT, on 127.0.0.1 too, or a"
                            + " mode like 666. The shell asks for no password. Otherwise such an endpoint is refused")
    boolean allowNetwork() default false;

    @AttributeDefinition(
            name = "Loop",
            description =
                    "admin: the loop for administration, which no handler can hold up. Empty: the loops of all others")
    String loop() default "admin";

    @AttributeDefinition(
            name = "Sessions",
            description = "How many shells and commands may be open at a time",
            min = "2")
    int sessions() default 32;

    @AttributeDefinition(
            name = "Command timeout",
            description = "Seconds that a command may take; then it is interrupted. 0 means that there is no limit",
            min = "0")
    int commandTimeout() default 300;
}
