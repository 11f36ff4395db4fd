package org.pollux.reactor.runtime.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.runtime.proxy.ProxyHeader.Route;

/** Version 1, a line: {@code PROXY TCP4 192.0.2.1 192.0.2.2 51000 443}. */
final class TextHeader {

    static final byte FIRST_BYTE = 'P';

    /** With its CR LF. */
    static final int LONGEST = 107;

    private static final ByteBuffer START = US_ASCII.encode("PROXY ").asReadOnlyBuffer();
    private static final String UNKNOWN = "UNKNOWN";
    private static final String IPV4_PART = "(0|[1-9][0-9]{0,2})";
    private static final String IPV4 = IPV4_PART + "(\\." + IPV4_PART + "){3}";
    private static final String IPV6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";
    private static final String PORT = "0|[1-9][0-9]{0,4}";

    private TextHeader() {}

    static @Nullable ProxyHeader read(ByteBuffer in) throws ProtocolException {
        if (!ProxyHeader.begins(in, START)) {
            return null;
        }
        int most = Math.min(in.remaining(), LONGEST);
        for (int i = START.remaining(); i < most; i++) {
            byte next = in.get(i);
            if (next == '\n' && in.get(i - 1) == '\r') {
                return new ProxyHeader(i + 1, route(text(in, i - 1)), ProxyFields.NONE);
            }
            if (next == '\n' || in.get(i - 1) == '\r') {
                throw ProxyHeader.wrong("does not end in CR LF");
            }
        }
        if (most == LONGEST) {
            throw ProxyHeader.wrong("of version 1 is longer than " + LONGEST + " bytes");
        }
        return null;
    }

    private static String text(ByteBuffer in, int end) {
        return ISO_8859_1
                .decode(in.slice(START.remaining(), end - START.remaining()))
                .toString();
    }

    private static @Nullable Route route(String line) throws ProtocolException {
        if (line.equals(UNKNOWN) || line.startsWith(UNKNOWN + " ")) {
            return null;
        }
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() != 5) {
            throw ProxyHeader.wrong(
                    "has " + words.size() + " words after PROXY, not a protocol, two addresses and two ports");
        }
        String address = switch (words.getFirst()) {
            case "TCP4" -> IPV4;
            case "TCP6" -> IPV6;
            default -> throw ProxyHeader.wrong("names another protocol than TCP4, TCP6 and UNKNOWN");
        };
        return new Route(socket(address, words.get(1), words.get(3)), socket(address, words.get(2), words.get(4)));
    }

    private static InetSocketAddress socket(String form, String address, String port) throws ProtocolException {
        if (!port.matches(PORT) || Integer.parseInt(port) > 0xffff) {
            throw ProxyHeader.wrong("has no port where one is expected");
        }
        if (address.matches(form)) {
            try {
                return new InetSocketAddress(InetAddress.ofLiteral(address), Integer.parseInt(port));
            } catch (IllegalArgumentException _) {
                // told below
            }
        }
        throw ProxyHeader.wrong("has no address of its protocol where one is expected");
    }
}
