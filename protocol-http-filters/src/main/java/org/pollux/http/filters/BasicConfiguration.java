package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.basic}. Without it nobody is asked for passwords. */
@ObjectClassDefinition(
        name = "Pollux HTTP basic",
        description = "Lets users pass by their passwords (HTTP Basic), and refuses all others")
@interface BasicConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests that are protected; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "File",
            description =
                    "The file of the users: lines NAME:HASH, as 'htpasswd -B' and 'openssl passwd -6' make hashes. If it does not begin with a slash, it is in the home of the server")
    String file() default "users/htpasswd";

    @AttributeDefinition(name = "Realm", description = "The text that a browser shows when it asks for the password")
    String realm() default "Pollux";
}
