package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.gzip}; without one nothing is compressed. */
@ObjectClassDefinition(name = "Pollux HTTP gzip", description = "Compresses answers")
@interface GzipConfiguration {

    @AttributeDefinition(name = "Paths", description = "For which requests; several are separated by commas")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Types",
            description = "Media types that are compressed, separated by commas; text/* and *+json stand for several."
                    + " Texts of all kinds when it is empty")
    String[] types() default {};

    @AttributeDefinition(name = "Shortest", description = "Bytes of a body; a shorter one is left as it is", min = "0")
    int minLength() default 1024;

    @AttributeDefinition(
            name = "Level",
            description = "From 1, which is fast, to 9, which is small",
            min = "1",
            max = "9")
    int level() default 6;
}
