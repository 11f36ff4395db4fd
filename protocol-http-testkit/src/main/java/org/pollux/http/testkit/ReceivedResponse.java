package org.pollux.http.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pollux.http.Header;

/**
 * What has come of a response on the wire of HTTP/1.1 (RFC 9112). It trusts the server, and only looks for the end.
 *
 * @param octets of the body, a char for each
 */
record ReceivedResponse(int status, List<Header> fields, String octets, boolean complete) {

    private static final ReceivedResponse NONE = new ReceivedResponse(0, List.of(), "", false);

    static ReceivedResponse of(byte[] bytes, boolean headOnly) {
        String text = new String(bytes, ISO_8859_1);
        int from = 0;
        while (true) {
            int end = text.indexOf("\r\n\r\n", from);
            if (end < 0) {
                return NONE;
            }
            String[] lines = text.substring(from, end).split("\r\n", -1);
            int status = Integer.parseInt(lines[0].substring(9, 12));
            from = end + 4;
            if (status >= 200 || status == 101) {
                return of(status, fields(lines), text.substring(from), headOnly);
            }
        }
    }

    private static ReceivedResponse of(int status, List<Header> fields, String rest, boolean headOnly) {
        Body body = headOnly || status == 204 || status == 304 ? new Body("", true) : body(fields, rest);
        return new ReceivedResponse(status, fields, body.octets(), body.complete());
    }

    private record Body(String octets, boolean complete) {}

    private static List<Header> fields(String[] lines) {
        List<Header> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ", 2);
            fields.add(new Header(field[0], field[1]));
        }
        return List.copyOf(fields);
    }

    private static Body body(List<Header> fields, String rest) {
        for (Header field : fields) {
            switch (field.name().toLowerCase(Locale.ROOT)) {
                case "content-length" -> {
                    return new Body(rest, rest.length() >= Integer.parseInt(field.value()));
                }
                case "transfer-encoding" -> {
                    return chunks(rest);
                }
                default -> {}
            }
        }
        return new Body(rest, false);
    }

    private static Body chunks(String text) {
        StringBuilder octets = new StringBuilder();
        int from = 0;
        while (true) {
            int end = text.indexOf("\r\n", from);
            int size = end < 0 ? -1 : Integer.parseInt(text.substring(from, end), 16);
            if (size == 0) {
                return new Body(octets.toString(), text.endsWith("\r\n\r\n"));
            }
            if (size < 0 || end + 2 + size > text.length()) {
                return new Body(octets.toString(), false);
            }
            octets.append(text, end + 2, end + 2 + size);
            from = end + 4 + size;
        }
    }
}
