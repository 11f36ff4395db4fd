package org.pollux.samples.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of each sample handler. The server reads it. */
@ObjectClassDefinition(name = "Pollux HTTP handler", description = "A sample of an HTTP handler")
@interface HandlerConfiguration {

    @AttributeDefinition(name = "Paths", description = "The paths that it serves; commas separate several")
    String[] path();
}
