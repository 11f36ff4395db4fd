package org.pollux.metrics.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.health}. */
@ObjectClassDefinition(
        name = "Pollux health",
        description =
                "Health at the endpoints of HTTP, for a load balancer that checks the port to which it sends requests. It is "
                        + "off until it has a path. /health/live and /health/ready at the endpoint of pollux.admin do not depend on it")
@interface HealthConfiguration {

    @AttributeDefinition(
            name = "Live",
            description =
                    "The path that responds 200 while the server runs, such as /health/live. If it is empty, there is none")
    String live() default "";

    @AttributeDefinition(
            name = "Ready",
            description = "The path that responds 200 while the server should get requests, and 503 otherwise, such as "
                    + "/health/ready. If it is empty, there is none. Everybody may ask, and filters of HTTP apply")
    String ready() default "";
}
