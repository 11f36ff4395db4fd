package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.http.forwarded}. Without it no proxy is trusted. */
@ObjectClassDefinition(
        name = "Pollux HTTP forwarded",
        description = "Replaces the address of a trusted proxy by that of its client")
@interface ForwardedConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Trusted proxies",
            description = "The networks or addresses of the proxies, separated by commas, such as '10.0.0.0/8, ::1'; "
                    + "'unix' means every client of a Unix-domain socket")
    String[] trusted();

    @AttributeDefinition(
            name = "Fields",
            description = "The fields that the proxies write: 'x-forwarded' (X-Forwarded-For, -Proto, -Host) or "
                    + "'forwarded' (RFC 7239). Other fields are ignored",
            options = {
                @Option(label = "x-forwarded", value = "x-forwarded"),
                @Option(label = "forwarded", value = "forwarded")
            })
    String fields() default "x-forwarded";
}
