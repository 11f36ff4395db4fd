package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.accesslog}; without one nothing is logged. */
@ObjectClassDefinition(name = "Pollux HTTP access log", description = "Writes a line for each request")
@interface AccessLogConfiguration {

    @AttributeDefinition(name = "Paths", description = "Which requests; several are separated by commas")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "File",
            description = "Where it is written; relative to the home of the server, if it does not begin with a slash")
    String file() default "log/access.log";

    @AttributeDefinition(
            name = "Limit",
            description = "Bytes of a file; then it is put aside as access.1.log",
            min = "1")
    long limit() default 10485760;

    @AttributeDefinition(name = "Full files", description = "How many of those are kept", min = "0")
    int keep() default 5;

    @AttributeDefinition(
            name = "Extended",
            description = "Whether each line ends in the duration in microseconds and the request's id")
    boolean extended() default false;
}
