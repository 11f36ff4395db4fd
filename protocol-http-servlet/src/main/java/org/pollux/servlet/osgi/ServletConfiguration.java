package org.pollux.servlet.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.http.servlet}. */
@ObjectClassDefinition(
        name = "Pollux servlets",
        description = "Where servlets are, what a request may cost, and their sessions. A change keeps the sessions")
@interface ServletConfiguration {

    @AttributeDefinition(
            name = "Path",
            description = "The path of all servlets: /* or, for the context path /app, /app/*. Handlers of longer paths"
                    + " come first")
    String path() default "/*";

    @AttributeDefinition(
            name = "Requests",
            description = "The number of requests at a time, with asynchronous ones that wait. Further clients get 503",
            min = "1")
    int calls() default 1_024;

    @AttributeDefinition(
            name = "Asynchronous timeout",
            description =
                    "Seconds that an asynchronous request may wait, unless its servlet sets another time. 0 means no"
                            + " limit. The responseTimeout of pollux.http holds until its response begins",
            min = "0")
    int asyncTimeout() default 30;

    @AttributeDefinition(
            name = "Absolute redirects",
            description =
                    "Whether sendRedirect sends a relative location as an absolute URL of the host that the client has"
                            + " asked. Behind a proxy, that needs a filter for forwarded requests")
    boolean absoluteRedirects() default false;

    @AttributeDefinition(
            name = "Largest form",
            description =
                    "Bytes of a form whose fields become parameters, and of the fields of a form with files. A larger"
                            + " one gets 413. The servlet itself limits files",
            min = "0",
            max = "1073741824")
    int form() default 1 << 20;

    @AttributeDefinition(
            name = "Drain",
            description = "Seconds for which requests that are under way go on when the container is replaced",
            min = "0")
    int drain() default 5;

    @AttributeDefinition(
            name = "Sessions",
            description = "The number of sessions. When there is no room, the oldest session to which no client has"
                    + " returned ends. When clients use all of them, a request for a new one gets 503",
            min = "1")
    int sessions() default 100_000;

    @AttributeDefinition(
            name = "Session timeout",
            description = "Minutes that a session lives without a request, unless its application sets another time",
            min = "1",
            max = "525600")
    int sessionTimeout() default 30;

    @AttributeDefinition(name = "Session values", description = "The number of values of one session", min = "1")
    int sessionValues() default 1_000;

    @AttributeDefinition(
            name = "Session bytes",
            description =
                    "Bytes of one value when sessions are stored. A larger value is lost when its bundle is updated",
            min = "1")
    int sessionBytes() default 1 << 20;

    @AttributeDefinition(name = "Session cookie", description = "The name of the cookie of sessions")
    String cookie() default "JSESSIONID";

    @AttributeDefinition(
            name = "SameSite",
            description = "With which requests of other sites clients send the cookie of sessions. None needs TLS",
            options = {
                @Option(label = "Strict", value = "Strict"),
                @Option(label = "Lax", value = "Lax"),
                @Option(label = "None", value = "None")
            })
    String sameSite() default "Lax";
}
