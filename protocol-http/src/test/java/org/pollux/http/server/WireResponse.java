package org.pollux.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A response as a strict client reads it from the wire. */
public record WireResponse(int status, String fields, String body) {

    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 (\\d{3}) [^\r\n]*\r\n((?:[!-9;-~]+: [^\r\n]*\r\n)*)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?:^|\n)Content-Length: (\\d+)\r\n");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-f]+)\r\n");
    private static final Pattern TRAILERS = Pattern.compile("0\r\n((?:[!-9;-~]+: [^\r\n]*\r\n)*)\r\n");

    public boolean closes() {
        return fields.contains("Connection: close\r\n");
    }

    /**
     * Reads responses to their end.
     *
     * @param mayBeHead whether some may be responses to HEAD, which have no body in spite of their length
     * @throws AssertionError when they are not whole and well-formed
     */
    public static List<WireResponse> all(String text, boolean mayBeHead) {
        List<WireResponse> answers = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            Matcher head = HEAD.matcher(rest);
            if (!head.lookingAt()) {
                throw new AssertionError("Not an answer: " + rest);
            }
            rest = rest.substring(head.end());
            int status = Integer.parseInt(head.group(1));
            String fields = head.group(2);
            StringBuilder body = new StringBuilder();
            boolean omitted = mayBeHead && (rest.isEmpty() || rest.startsWith("HTTP/"));
            if (status >= 200 && status != 204 && status != 304 && !omitted) {
                rest = body(fields, rest, body);
            }
            answers.add(new WireResponse(status, fields, body.toString()));
        }
        return answers;
    }

    /** What follows the body. */
    private static String body(String fields, String rest, StringBuilder body) {
        Matcher length = LENGTH.matcher(fields);
        if (length.find()) {
            int end = Integer.parseInt(length.group(1));
            if (end > rest.length()) {
                throw new AssertionError("Cut off: " + fields + rest);
            }
            body.append(rest, 0, end);
            return rest.substring(end);
        }
        if (!fields.contains("Transfer-Encoding: chunked\r\n")) {
            body.append(rest); // until the connection closes
            return "";
        }
        return chunks(rest, body);
    }

    private static String chunks(String text, StringBuilder body) {
        String rest = text;
        while (true) {
            Matcher trailers = TRAILERS.matcher(rest);
            if (trailers.lookingAt()) {
                return rest.substring(trailers.end());
            }
            Matcher chunk = CHUNK.matcher(rest);
            if (!chunk.lookingAt()) {
                throw new AssertionError("Not a chunk: " + rest);
            }
            int end = chunk.end() + Integer.parseInt(chunk.group(1), 16);
            if (end + 2 > rest.length() || !rest.startsWith("\r\n", end)) {
                throw new AssertionError("Not a whole chunk: " + rest);
            }
            body.append(rest, chunk.end(), end);
            rest = rest.substring(end + 2);
        }
    }
}
