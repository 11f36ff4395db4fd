package org.pollux.http.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

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
            description = "301 or 308 for ever, 302 or 307 for now, 303 to look elsewhere; 307 and 308 keep the method")
    int status() default 308;
}
