package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.http.https}. Without it requests by http are served. */
@ObjectClassDefinition(name = "Pollux HTTP to https", description = "Redirects clients from http to https")
@interface HttpsConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Port",
            description = "The port at which clients reach the server by https",
            min = "1",
            max = "65535")
    int port() default 443;

    @AttributeDefinition(
            name = "Status",
            description = "308 is permanent, and 307 is temporary",
            options = {@Option(label = "permanent", value = "308"), @Option(label = "temporary", value = "307")})
    int status() default 308;
}
