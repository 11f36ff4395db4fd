package org.pollux.http.wire.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The terms of compression that a handshake has settled (RFC 7692, section 7.1). Windows always have 32 KiB, because zlib in
 * Java knows no others; an offer that demands a smaller one of the server is declined.
 *
 * @param serverTakeover whether a message of the server may refer to its earlier ones
 * @param clientTakeover the same for the client
 */
public record DeflateTerms(boolean serverTakeover, boolean clientTakeover) {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_ALONE = "server_no_context_takeover";
    private static final String CLIENT_ALONE = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    private static final int LEAST_BITS = 8;
    private static final int BITS = 15;

    /** For a server: accepts the first offer that it can fulfil, if there is one. */
    public static Optional<DeflateTerms> accept(List<String> fields, boolean takeover) throws WebSocketFault {
        for (Extension offer : Extension.parse(fields)) {
            if (isAcceptable(offer)) {
                return Optional.of(
                        new DeflateTerms(takeover && !has(offer, SERVER_ALONE), takeover && !has(offer, CLIENT_ALONE)));
            }
        }
        return Optional.empty();
    }

    private static boolean isAcceptable(Extension offer) {
        return offer.name().equals(NAME)
                && isValid(offer, true)
                && offer.parameters().stream()
                        .noneMatch(one -> one.name().equals(SERVER_BITS) && bits(one.value()) < BITS);
    }

    /** For a client: its offer. */
    public static String offer(boolean takeover) {
        return takeover ? NAME : NAME + "; " + SERVER_ALONE + "; " + CLIENT_ALONE;
    }

    /**
     * For a client: reads what the server has accepted; empty when it has accepted nothing.
     *
     * @throws WebSocketFault when that was not offered, or is malformed
     */
    public static Optional<DeflateTerms> accepted(List<String> fields, boolean offered) throws WebSocketFault {
        List<Extension> all = Extension.parse(fields);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Extension one = all.getFirst();
        if (!offered || all.size() > 1 || !one.name().equals(NAME) || !isValid(one, false)) {
            throw WebSocketFault.protocol("The server has chosen extensions that were not offered: " + fields);
        }
        return Optional.of(new DeflateTerms(!has(one, SERVER_ALONE), !has(one, CLIENT_ALONE)));
    }

    /** For a server: the field with its choice. */
    public String response() {
        return NAME + (serverTakeover ? "" : "; " + SERVER_ALONE) + (clientTakeover ? "" : "; " + CLIENT_ALONE);
    }

    private static boolean has(Extension extension, String parameter) {
        return extension.parameters().stream().anyMatch(one -> one.name().equals(parameter));
    }

    /** Whether all parameters are known, at most once there, and have values as they must (RFC 7692, section 7.1). */
    private static boolean isValid(Extension extension, boolean offer) {
        Set<String> seen = new HashSet<>();
        for (Extension.Parameter one : extension.parameters()) {
            boolean valid = switch (one.name()) {
                case SERVER_ALONE, CLIENT_ALONE -> one.value().isEmpty();
                case SERVER_BITS -> bits(one.value()) > 0;
                case CLIENT_BITS -> offer && (one.value().isEmpty() || bits(one.value()) > 0);
                default -> false;
            };
            if (!valid || !seen.add(one.name())) {
                return false;
            }
        }
        return true;
    }

    /** A number of bits without a leading zero; 0 when it is none. */
    private static int bits(String value) {
        if (!value.matches("[1-9][0-9]?")) {
            return 0;
        }
        int bits = Integer.parseInt(value);
        return bits >= LEAST_BITS && bits <= BITS ? bits : 0;
    }
}
