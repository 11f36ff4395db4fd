package org.pollux.http.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of each {@code pollux.http.redirect~NAME}. */
@ObjectClassDefinition(name = "Pollux HTTP redirect", description = "Sends clients elsewhere")
@interface RedirectConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "What is elsewhere, with everything below; several are separated by commas")
    String[] path();

    @AttributeDefinition(
            name = "Target",
            description = "Where it is, like /new or https://example.org/new; what stands behind the path is added")
    String target();

    @AttributeDefinition(
            name = "Status",
            description = "301 or 308 for ever, 302 or 307 for now, 303 to look elsewhere; 307 and 308 keep the method",
            options = {
                @Option(label = "301", value = "301"),
                @Option(label = "302", value = "302"),
                @Option(label = "303", value = "303"),
                @Option(label = "307", value = "307"),
                @Option(label = "308", value = "308")
            })
    int status() default 308;
}
