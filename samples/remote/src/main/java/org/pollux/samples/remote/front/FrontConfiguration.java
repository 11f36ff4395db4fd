package org.pollux.samples.remote.front;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.samples.remote.front}. Without it the server is not a front. */
@ObjectClassDefinition(name = "Pollux remote front", description = "A sample of a handler that uses other servers")
@interface FrontConfiguration {

    @AttributeDefinition(name = "Paths", description = "The paths that it serves; commas separate several")
    String[] path() default "/greetings/{name}";
}
