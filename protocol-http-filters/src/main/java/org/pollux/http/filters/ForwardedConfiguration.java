package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.http.forwarded}; without one no proxy is trusted. */
@ObjectClassDefinition(name = "Pollux HTTP forwarded", description = "Knows the clients behind trusted proxies")
@interface ForwardedConfiguration {

    @AttributeDefinition(name = "Paths", description = "For which requests; several are separated by commas")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Trusted proxies",
            description =
                    "Their networks or addresses, separated by commas, like '10.0.0.0/8, ::1'; 'unix' is everybody"
                            + " who comes over a Unix-domain socket")
    String[] trusted();

    @AttributeDefinition(
            name = "Fields",
            description = "What the proxies write: 'x-forwarded' (X-Forwarded-For, -Proto, -Host) or 'forwarded' (RFC"
                    + " 7239). The other ones are not looked at",
            options = {
                @Option(label = "x-forwarded", value = "x-forwarded"),
                @Option(label = "forwarded", value = "forwarded")
            })
    String fields() default "x-forwarded";
}
