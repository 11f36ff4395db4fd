package org.pollux.http.filters;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of PID {@code pollux.http.headers}. Without it no field is added. */
@ObjectClassDefinition(
        name = "Pollux HTTP security headers",
        description =
                "Adds fields by which browsers restrict what pages may do. A handler that sets one itself keeps its own")
@interface SecurityHeadersConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths of the requests to which it applies; commas separate several")
    String[] path() default "/*";

    @AttributeDefinition(
            name = "Type options",
            description =
                    "X-Content-Type-Options: browsers believe Content-Type. Empty leaves a field out, here and below")
    String contentTypeOptions() default "nosniff";

    @AttributeDefinition(name = "Frames", description = "X-Frame-Options: which pages may show this one in a frame")
    String frameOptions() default "DENY";

    @AttributeDefinition(name = "Referrer", description = "Referrer-Policy: what a link tells the next server")
    String referrerPolicy() default "strict-origin-when-cross-origin";

    @AttributeDefinition(
            name = "Opener",
            description = "Cross-Origin-Opener-Policy: which pages share a group of windows with this one")
    String openerPolicy() default "same-origin";

    @AttributeDefinition(
            name = "Resources",
            description = "Cross-Origin-Resource-Policy: which sites may embed responses, such as images")
    String resourcePolicy() default "same-origin";

    @AttributeDefinition(
            name = "Content",
            description = "Content-Security-Policy: from where a page may load. It depends on your pages")
    String[] contentSecurityPolicy() default {};

    @AttributeDefinition(
            name = "Permissions",
            description = "Permissions-Policy: which abilities of the browser pages may use")
    String[] permissionsPolicy() default {};
}
