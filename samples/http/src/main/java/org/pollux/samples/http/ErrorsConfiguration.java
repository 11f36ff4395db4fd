package org.pollux.samples.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of an error page; the server reads it. */
@ObjectClassDefinition(name = "Pollux HTTP error page", description = "A sample of an error page")
@interface ErrorsConfiguration {

    @AttributeDefinition(name = "Status", description = "For which status codes; several are separated by commas")
    String[] status() default {"404", "410"};
}
