package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.hsts}. Without it browsers are told nothing. */
@ObjectClassDefinition(
        name = "Pollux HTTP strict transport",
        description = "Tells browsers to use https alone for this host (HSTS)")
@interface StrictTransportConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Memory",
            description = "Seconds for which a browser remembers it. 0 lets browsers forget it at once",
            min = "0")
    long maxAge() default 31536000;

    @AttributeDefinition(name = "Subdomains", description = "Whether it also holds for all hosts below this one")
    boolean includeSubDomains() default false;
}
