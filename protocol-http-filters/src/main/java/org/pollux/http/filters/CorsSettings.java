package org.pollux.http.filters;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What pages of other origins may do.
 *
 * @param origins those origins ({@code https://app.example.org}), or only {@code *} for all
 * @param methods which they may use, besides GET, HEAD and POST
 * @param headers the fields of a request that they may set, besides those that every page may
 * @param exposed the fields of a response that they may read, besides those that every page may
 * @param credentials whether browsers send cookies and other credentials with their requests
 * @param memory how long browsers remember the response to a preflight
 */
public record CorsSettings(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        boolean credentials,
        Duration memory) {

    static final String ALL = "*";

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[!-~&&[^/?#@:*]]+)(:\\d{1,5})?");

    /** Browsers leave it out, so such an origin would never come. */
    private static final Pattern DEFAULT_PORT = Pattern.compile("http://.*:80|https://.*:443");

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException when one is malformed, and when every origin would get the credentials of its users
     */
    public CorsSettings {
        origins =
                origins.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
        boolean all = origins.equals(List.of(ALL));
        for (String origin : all ? List.<String>of() : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("'" + origin
                        + "' is not an origin: write it as https://app.example.org, without a path and with an international name"
                        + " as xn--..., or only * for all");
            }
        }
        if (all && credentials) {
            throw new IllegalArgumentException(
                    "credentials for all origins would let every site act for its visitors: name the origins");
        }
        for (String origin : origins) {
            if (DEFAULT_PORT.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "'" + origin + "' is never sent: browsers leave the port out, so leave it out here");
            }
        }
        for (List<String> tokens : List.of(methods, headers, exposed)) {
            for (String token : tokens) {
                if (!TOKEN.matcher(token).matches()) {
                    throw new IllegalArgumentException("'" + token + "' is not a method or the name of a field");
                }
            }
        }
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    boolean allows(String origin) {
        return isForAll() || origins.contains(origin);
    }

    boolean isForAll() {
        return origins.equals(List.of(ALL));
    }
}
