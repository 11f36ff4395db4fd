package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.requestid}. Without it requests have no ids. */
@ObjectClassDefinition(name = "Pollux HTTP request ids", description = "Gives each request an X-Request-Id")
@interface RequestIdConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";
}
