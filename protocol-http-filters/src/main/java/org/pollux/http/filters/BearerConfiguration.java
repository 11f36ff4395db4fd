package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.bearer}. Without it no client is asked for tokens. */
@ObjectClassDefinition(
        name = "Pollux HTTP bearer",
        description = "Lets programs pass by tokens (HTTP Bearer), and refuses all others")
@interface BearerConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests that are protected; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "File",
            description =
                    "The file of the tokens: lines NAME:HASH, where 'echo -n TOKEN | sha256sum' makes the hash. If it does not begin with a slash, it is in the home of the server")
    String file() default "users/tokens";

    @AttributeDefinition(name = "Realm", description = "The name of the protected area, which a client may show")
    String realm() default "Pollux";
}
