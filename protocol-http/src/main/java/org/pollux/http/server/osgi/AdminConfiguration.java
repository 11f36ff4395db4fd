package org.pollux.http.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.admin}. A change of the endpoint keeps the connections that are open. */
@ObjectClassDefinition(
        id = "org.pollux.http.server.AdminConfiguration",
        name = "Pollux administration by HTTP",
        description = "The endpoint of metrics, health and the dashboard. It is off until it has an address")
@interface AdminConfiguration {

    @AttributeDefinition(
            name = "Endpoints",
            description = "The addresses where it listens, such as tcp://127.0.0.1:9464 or unix:run/admin.sock; "
                    + "commas separate several. If it is empty, it does not listen")
    String[] endpoint() default {};

    @AttributeDefinition(
            name = "Token",
            description = "The token that a client sends as Authorization: Bearer TOKEN. If it is empty, the "
                    + "server makes one in run/admin.token, which only its owner can read. A client of a Unix "
                    + "socket needs none, because the permissions of the socket protect it",
            type = AttributeType.PASSWORD)
    String token() default "";

    @AttributeDefinition(
            name = "Loop",
            description = "The loop that serves it. admin is the loop for administration, which no other handler can "
                    + "hold up. If it is empty, the other loops serve it")
    String loop() default "admin";
}
