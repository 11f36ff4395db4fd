package org.pollux.http.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of each {@code pollux.http.redirect~NAME}. */
@ObjectClassDefinition(name = "Pollux HTTP redirect", description = "Redirects clients")
@interface RedirectConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths that are redirected, with everything below; commas separate several")
    String[] path();

    @AttributeDefinition(
            name = "Target",
            description = "The new path or URI, such as /new or https://example.org/new. The rest of the path is "
                    + "appended")
    String target();

    @AttributeDefinition(
            name = "Status",
            description = "301 or 308: permanent; 302 or 307: temporary; 303: see other. 307 and 308 keep the method",
            options = {
                @Option(label = "301", value = "301"),
                @Option(label = "302", value = "302"),
                @Option(label = "303", value = "303"),
                @Option(label = "307", value = "307"),
                @Option(label = "308", value = "308")
            })
    int status() default 308;
}
