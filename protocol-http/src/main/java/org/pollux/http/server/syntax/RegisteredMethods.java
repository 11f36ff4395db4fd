package org.pollux.http.server.syntax;

import java.util.Set;

/** The methods beyond RFC 9110 that are registered for HTTP (IANA's registry, RFC 9110, section 16.1). */
public final class RegisteredMethods {

    private static final Set<String> NAMES = Set.of(
            "ACL",
            "BASELINE-CONTROL",
            "BIND",
            "CHECKIN",
            "CHECKOUT",
            "COPY",
            "LABEL",
            "LINK",
            "LOCK",
            "MERGE",
            "MKACTIVITY",
            "MKCALENDAR",
            "MKCOL",
            "MKREDIRECTREF",
            "MKWORKSPACE",
            "MOVE",
            "ORDERPATCH",
            "PROPFIND",
            "PROPPATCH",
            "QUERY",
            "REBIND",
            "REPORT",
            "SEARCH",
            "UNBIND",
            "UNCHECKOUT",
            "UNLINK",
            "UNLOCK",
            "UPDATE",
            "UPDATEREDIRECTREF",
            "VERSION-CONTROL");

    private RegisteredMethods() {}

    public static boolean contain(String method) {
        return NAMES.contains(method);
    }
}
