package org.pollux.reactor.server.offer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scheme of a network endpoint, and the options that may follow: {@code tcp://HOST:PORT?key=value&key=value}.
 *
 * @param name without the colon
 * @param datagrams whether UDP carries it
 * @param options the keys that it knows
 */
public record EndpointScheme(String name, boolean datagrams, Set<String> options) {

    /** TCP, encrypted. */
    static final String TLS = "tls";

    /** The networks of the proxies that begin each connection with a header of the PROXY protocol. */
    static final String PROXY = "proxy";

    static final List<EndpointScheme> ALL = List.of(
            new EndpointScheme("tcp", false, Set.of(PROXY)),
            new EndpointScheme(TLS, false, withProxy(TlsOptions.KEYS)),
            new EndpointScheme("udp", true, Set.of()));

    /**
     * Reads what follows the question mark.
     *
     * @throws IllegalArgumentException with what is wrong, and the options that are known
     */
    Map<String, String> read(String query) {
        Map<String, String> read = new TreeMap<>();
        for (String option : query.split("&", -1)) {
            int end = option.indexOf('=');
            String key = end < 0 ? option : option.substring(0, end);
            if (!options.contains(key)) {
                throw new IllegalArgumentException("has the option '" + key + "', which is unknown: " + known());
            }
            if (end < 0 || end == option.length() - 1) {
                throw new IllegalArgumentException(
                        "has no value for the option '" + key + "': write " + key + "=VALUE");
            }
            if (read.put(key, option.substring(end + 1)) != null) {
                throw new IllegalArgumentException("has the option '" + key + "' twice: write it once");
            }
        }
        if (isTls()) {
            TlsOptions.of(read);
        }
        if (read.containsKey(PROXY)) {
            Network.list(read.get(PROXY));
        }
        return Map.copyOf(read);
    }

    private static Set<String> withProxy(Set<String> options) {
        return Stream.concat(options.stream(), Stream.of(PROXY)).collect(Collectors.toUnmodifiableSet());
    }

    boolean isTls() {
        return name.equals(TLS);
    }

    private String known() {
        return options.isEmpty()
                ? name + ":// takes no options"
                : name + ":// takes "
                        + String.join(", ", options.stream().sorted().toList());
    }
}
