package org.pollux.http.filters;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pollux.http.Headers;

/**
 * What a proxy reports about a request that it has passed on. Malformed parts are ignored.
 *
 * @param client the address of its client
 * @param scheme the scheme that the client used
 * @param authority the authority that the client requested
 */
record Hop(Optional<InetSocketAddress> client, Optional<String> scheme, Optional<String> authority) {

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._~%-]+)(:\\d{1,5})?");

    /** Reads the values that proxies write. */
    static Hop of(Optional<String> client, Optional<String> scheme, Optional<String> authority) {
        return new Hop(
                client.flatMap(Addresses::node),
                scheme.map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(text -> text.equals("http") || text.equals("https")),
                authority.filter(text -> AUTHORITY.matcher(text).matches()));
    }

    /**
     * Reads {@code X-Forwarded-For}, and {@code -Proto} and {@code -Host}, which the last proxy sets.
     *
     * @return the entries, with the nearest proxy last; none if the fields are missing
     */
    static List<Hop> ofXForwarded(Headers headers) {
        Optional<String> scheme = last(headers, "X-Forwarded-Proto");
        Optional<String> authority = last(headers, "X-Forwarded-Host");
        List<Hop> hops = new ArrayList<>();
        for (String client : elements(headers, "X-Forwarded-For")) {
            hops.add(of(Optional.of(client), scheme, authority));
        }
        if (hops.isEmpty() && (scheme.isPresent() || authority.isPresent())) {
            hops.add(of(Optional.empty(), scheme, authority));
        }
        return hops;
    }

    private static Optional<String> last(Headers headers, String name) {
        List<String> elements = elements(headers, name);
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements.getLast());
    }

    private static List<String> elements(Headers headers, String name) {
        List<String> elements = new ArrayList<>();
        for (String line : headers.all(name)) {
            for (String element : line.split(",", -1)) {
                elements.add(element.strip());
            }
        }
        return elements;
    }
}
