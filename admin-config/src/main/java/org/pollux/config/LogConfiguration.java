package org.pollux.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.log}. The launcher reads it. It is not a bundle, so it cannot describe the keys. */
@ObjectClassDefinition(
        pid = "pollux.log",
        name = "Pollux log",
        description = "The log of the server. A change takes effect at once")
@interface LogConfiguration {

    @AttributeDefinition(
            name = "Level",
            description = "The lowest level of records that are written",
            options = {
                @Option(label = "nothing", value = "OFF"),
                @Option(label = "faults", value = "ERROR"),
                @Option(label = "warnings", value = "WARN"),
                @Option(label = "changes of state", value = "INFO"),
                @Option(label = "for developers", value = "DEBUG"),
                @Option(label = "everything", value = "TRACE")
            })
    String level() default "INFO";

    @AttributeDefinition(
            name = "Levels of loggers",
            description = "Levels of single loggers and the loggers below them, separated by commas: "
                    + "org.pollux.http=DEBUG, org.apache.felix=WARN")
    String[] levels() default {};

    @AttributeDefinition(
            name = "Limit",
            description = "Bytes of log/pollux.log. Then it is renamed to pollux.1.log",
            min = "1024")
    long limit() default 10485760;

    @AttributeDefinition(name = "Full files", description = "How many renamed files are kept", min = "0", max = "1000")
    int keep() default 5;

    @AttributeDefinition(
            name = "Console",
            description = "Whether the log also goes to standard error while the server runs in the foreground")
    boolean console() default true;

    @AttributeDefinition(
            name = "Format",
            description = "The form of each record: a line of text, or a line with a JSON object",
            options = {@Option(label = "text", value = "text"), @Option(label = "JSON", value = "json")})
    String format() default "text";
}
