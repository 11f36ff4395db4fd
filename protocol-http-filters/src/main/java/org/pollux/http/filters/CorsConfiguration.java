package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The configuration of PID {@code pollux.http.cors}. Without it browsers keep responses from pages of other origins. No key may
 * be {@code methods}, because that would limit the filter itself ({@link org.pollux.http.Methods}).
 */
@ObjectClassDefinition(name = "Pollux HTTP CORS", description = "Lets pages of other origins use handlers")
@interface CorsConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Origins",
            description =
                    "The origins of those pages, separated by commas, such as 'https://app.example.org'; only '*' means all")
    String[] origins();

    @AttributeDefinition(
            name = "Methods",
            description = "The methods that they may use, separated by commas. GET, HEAD and POST are always allowed")
    String[] allowedMethods() default {};

    @AttributeDefinition(
            name = "Request fields",
            description = "The fields that they may send, separated by commas, such as 'Authorization, Content-Type'")
    String[] allowedHeaders() default {};

    @AttributeDefinition(
            name = "Response fields",
            description = "The fields that they may read, separated by commas, such as 'ETag'")
    String[] exposedHeaders() default {};

    @AttributeDefinition(
            name = "Credentials",
            description = "Whether browsers send cookies and passwords with their requests. Name the origins then")
    boolean credentials() default false;

    @AttributeDefinition(
            name = "Memory",
            description = "Seconds for which browsers remember what is allowed",
            min = "0")
    long maxAge() default 600;
}
