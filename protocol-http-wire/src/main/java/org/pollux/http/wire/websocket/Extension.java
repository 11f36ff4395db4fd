package org.pollux.http.wire.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pollux.http.wire.Octets;

/**
 * An extension in {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1).
 *
 * @param name in lower case
 * @param parameters in their order, also repeated ones
 */
record Extension(String name, List<Parameter> parameters) {

    /**
     * A parameter.
     *
     * @param name in lower case
     * @param value empty when there is none
     */
    record Parameter(String name, String value) {}

    /**
     * Reads all fields of that name.
     *
     * @throws WebSocketFault when one is malformed
     */
    static List<Extension> parse(List<String> fields) throws WebSocketFault {
        List<Extension> all = new ArrayList<>();
        for (String field : fields) {
            for (String extension : field.split(",", -1)) {
                if (!extension.isBlank()) {
                    all.add(one(extension));
                }
            }
        }
        return all;
    }

    private static Extension one(String text) throws WebSocketFault {
        String[] parts = text.split(";", -1);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            String value = equals < 0
                    ? ""
                    : token(unquoted(parts[i].substring(equals + 1).strip()));
            parameters.add(new Parameter(lower(name), value));
        }
        return new Extension(lower(parts[0]), List.copyOf(parameters));
    }

    /** A quoted value must be a token too (RFC 6455, section 9.1). */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String lower(String text) throws WebSocketFault {
        return token(text.strip()).toLowerCase(Locale.ROOT);
    }

    private static String token(String text) throws WebSocketFault {
        if (text.isEmpty() || !Octets.are(Octets.TOKEN, text)) {
            throw WebSocketFault.protocol("Sec-WebSocket-Extensions is malformed");
        }
        return text;
    }
}
