package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.accesslog}. Without it nothing is logged. */
@ObjectClassDefinition(name = "Pollux HTTP access log", description = "Writes a line for each request")
@interface AccessLogConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests that are logged; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "File",
            description = "The file of the log. If it does not begin with a slash, it is in the home of the server")
    String file() default "log/access.log";

    @AttributeDefinition(name = "Limit", description = "Bytes of a file. Then it is renamed to access.1.log", min = "1")
    long limit() default 10485760;

    @AttributeDefinition(name = "Full files", description = "How many renamed files are kept", min = "0")
    int keep() default 5;

    @AttributeDefinition(
            name = "Extended",
            description = "Whether each line ends with the duration in microseconds and the id of the request")
    boolean extended() default false;
}
