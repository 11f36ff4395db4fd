package org.pollux.http.client;

import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which proxy leads to which host.
 *
 * @param http for http URLs; empty for none
 * @param https for https URLs; empty for none
 * @param direct hosts that are reached without a proxy: {@code example.org} with all hosts below it, {@code 10.0.0.0/8}, {@code
 *     [::1]}, {@code example.org:8080}, {@code *} for all
 */
public record Proxies(Optional<HttpProxy> http, Optional<HttpProxy> https, List<String> direct) {

    private static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public Proxies {
        direct = List.copyOf(direct);
    }

    /** No proxy at all. */
    public static Proxies none() {
        return NONE;
    }

    /** The same proxy for all hosts, except those that are named. */
    public static Proxies all(HttpProxy proxy, List<String> direct) {
        return new Proxies(Optional.of(proxy), Optional.of(proxy), direct);
    }

    /**
     * As the variables of an environment say: {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, or the same in upper
     * case. In a CGI program ({@code REQUEST_METHOD} is set) {@code HTTP_PROXY} is not used, because a request's field {@code
     * Proxy} would set it.
     *
     * @throws IllegalArgumentException naming the variable and the fault
     */
    public static Proxies of(Map<String, String> environment) {
        boolean cgi = environment.containsKey("REQUEST_METHOD");
        return new Proxies(
                proxy(environment, "http_proxy", cgi ? "" : "HTTP_PROXY"),
                proxy(environment, "https_proxy", "HTTPS_PROXY"),
                list(variable(environment, "no_proxy", "NO_PROXY").orElse("")));
    }

    /** The entries of a list, which commas or blanks separate. */
    public static List<String> list(String text) {
        return Stream.of(text.split("[, \t]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Optional<HttpProxy> proxy(Map<String, String> environment, String lower, String upper) {
        try {
            return variable(environment, lower, upper).map(HttpProxy::parse);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(lower + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String lower, String upper) {
        return Stream.of(lower, upper)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .findFirst();
    }

    /** The proxy for that URL; empty when it is reached directly. */
    public Optional<HttpProxy> forUrl(Url url) {
        Optional<HttpProxy> proxy = isEncrypted(url) ? https : http;
        return proxy.filter(_ -> direct.stream().noneMatch(entry -> matches(entry, url)));
    }

    private static boolean isEncrypted(Url url) {
        return url.scheme().equals("https") || url.scheme().equals("wss");
    }

    private static boolean matches(String entry, Url url) {
        String pattern = entry.toLowerCase(Locale.ROOT);
        int colon = pattern.indexOf(':', pattern.lastIndexOf(']') + 1);
        if (colon >= 0 && colon == pattern.lastIndexOf(':')) {
            if (!pattern.substring(colon + 1).equals(Integer.toString(url.port()))) {
                return false;
            }
            pattern = pattern.substring(0, colon);
        }
        return pattern.equals("*") || matchesHost(pattern.replaceAll("[\\[\\]]", ""), url.host());
    }

    /** An address has no hosts below it, and several spellings. */
    private static boolean matchesHost(String pattern, String host) {
        Optional<InetAddress> address = address(host);
        if (address.isPresent()) {
            return address.equals(address(pattern)) || isInNetwork(pattern, host);
        }
        String name = ascii(withoutRoot(pattern.replaceFirst("^\\*?\\.", "")));
        String wanted = withoutRoot(host);
        return wanted.equals(name) || (!name.isEmpty() && wanted.endsWith("." + name));
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException _) { // it is a name
            return Optional.empty();
        }
    }

    /** Without the dot of the root at its end, as it is in {@code example.org.}. */
    private static String withoutRoot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException _) {
            return name; // and no host has it
        }
    }

    private static boolean isInNetwork(String network, String host) {
        int slash = network.indexOf('/');
        if (slash < 0) {
            return false;
        }
        try {
            byte[] wanted = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            int bits = Integer.parseInt(network.substring(slash + 1));
            return wanted.length == address.length
                    && bits >= 0
                    && bits <= 8 * wanted.length
                    && equal(wanted, address, bits);
        } catch (IllegalArgumentException _) { // a name is in no network
            return false;
        }
    }

    private static boolean equal(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
