package org.pollux.http.filters;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as texts. Names are not addresses: nothing here queries the DNS. */
final class Addresses {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NODE = Pattern.compile("\\[([^\\]]*)\\](?::(\\d{1,5}))?|([^:]*)(?::(\\d{1,5}))?");

    private Addresses() {}

    /** An address without brackets and port. */
    static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * A node in the form of RFC 7239, section 6, or as proxies write it: an address, an IPv6 address with or without
     * brackets, and perhaps a port. Empty for {@code unknown} and for names.
     */
    static Optional<InetSocketAddress> node(String text) {
        Optional<InetAddress> bare = literal(text);
        if (bare.isPresent()) {
            return Optional.of(new InetSocketAddress(bare.get(), 0));
        }
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            return Optional.empty();
        }
        boolean brackets = node.group(1) != null;
        Optional<InetAddress> address = literal(brackets ? node.group(1) : node.group(3));
        int port = Optional.ofNullable(brackets ? node.group(2) : node.group(4))
                .map(Integer::parseInt)
                .orElse(0);
        return port > 0xFFFF ? Optional.empty() : address.map(it -> new InetSocketAddress(it, port));
    }
}
