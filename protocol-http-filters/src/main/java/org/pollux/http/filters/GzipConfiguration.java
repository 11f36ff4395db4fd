package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.gzip}. Without it nothing is compressed. */
@ObjectClassDefinition(name = "Pollux HTTP gzip", description = "Compresses responses")
@interface GzipConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Types",
            description = "The media types that are compressed, separated by commas; text/* and *+json stand for "
                    + "several. If it is empty, texts of all kinds")
    String[] types() default {};

    @AttributeDefinition(
            name = "Shortest",
            description = "Bytes of a body. A shorter body is not compressed",
            min = "0")
    int minLength() default 1024;

    @AttributeDefinition(
            name = "Level",
            description = "The level of zlib, from 1 (fast) to 9 (small)",
            min = "1",
            max = "9")
    int level() default 6;
}
