package org.pollux.samples.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of an error page. The server reads it. */
@ObjectClassDefinition(name = "Pollux HTTP error page", description = "A sample of an error page")
@interface ErrorsConfiguration {

    @AttributeDefinition(name = "Status", description = "The status codes of the page; commas separate several")
    String[] status() default {"404", "410"};
}
