package org.pollux.http.server.h1;

import java.util.ArrayList;
import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;

/** A response as it comes over HTTP/1.1, read strictly. */
final class Http1Asked implements Asked {

    private enum State {
        HEAD,
        LENGTH,
        CHUNKS,
        TRAILERS,
        /** Another protocol, until the end of the connection. */
        OTHER,
        WHOLE
    }

    private final Http1Client client;
    private final Ask request;
    private final List<String> interim = new ArrayList<>();
    private final List<Header> fields = new ArrayList<>();
    private final List<Header> trailers = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private State state = State.HEAD;
    private int status;
    private long rest;
    private boolean wanted;

    Http1Asked(Http1Client client, Ask request) {
        this.client = client;
        this.request = request;
    }

    // ---- the request

    @Override
    public Asked send(String piece) {
        client.send(
                request.length() == Ask.UNKNOWN
                        ? Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n"
                        : piece);
        return this;
    }

    @Override
    public Asked end() {
        if (request.length() == Ask.UPGRADE) {
            client.finish();
            return this;
        }
        client.send("0\r\n\r\n");
        return this;
    }

    @Override
    public Asked end(String trailer, String value) {
        client.send("0\r\n" + trailer + ": " + value + "\r\n\r\n");
        return this;
    }

    @Override
    public void cancel() {
        client.goAway();
    }

    // ---- the response

    /** Takes from the front what is there of the response. True when that is all. */
    boolean parse(StringBuilder in) {
        boolean more = true;
        while (more && state != State.WHOLE) {
            more = switch (state) {
                case HEAD -> head(in);
                case LENGTH -> length(in);
                case CHUNKS -> chunk(in);
                case OTHER -> other(in);
                default -> trailers(in);
            };
        }
        return state == State.WHOLE;
    }

    private boolean head(StringBuilder in) {
        int end = in.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String[] lines = take(in, end).split("\r\n", -1);
        in.delete(0, 4);
        if (!lines[0].matches("HTTP/1\\.1 \\d{3} .*")) {
            throw new AssertionError("Not a status line: " + lines[0]);
        }
        int code = Integer.parseInt(lines[0].substring(9, 12));
        if (code == 100) {
            wanted = true;
            return true;
        }
        List<Header> read = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            read.add(field(lines[i]));
        }
        if (code == 101) {
            status = code;
            fields.addAll(read);
            state = State.OTHER;
            return true;
        }
        if (code < 200) {
            interim.add(Asked.interim(code, read));
            return true;
        }
        status = code;
        fields.addAll(read);
        boolean bodyless = request.method().equals("HEAD") || code == 204 || code == 304;
        if (bodyless) {
            state = State.WHOLE;
        } else if (values(fields, "Transfer-Encoding").equals(List.of("chunked"))) {
            state = State.CHUNKS;
        } else {
            rest = Long.parseLong(values(fields, "Content-Length").getFirst());
            state = State.LENGTH;
        }
        return true;
    }

    private boolean other(StringBuilder in) {
        body.append(take(in, in.length()));
        state = client.isFinished() ? State.WHOLE : state;
        return false;
    }

    private boolean length(StringBuilder in) {
        String piece = take(in, (int) Math.min(rest, in.length()));
        body.append(piece);
        rest -= piece.length();
        state = rest == 0 ? State.WHOLE : state;
        return false;
    }

    private boolean chunk(StringBuilder in) {
        int line = in.indexOf("\r\n");
        if (line < 0) {
            return false;
        }
        int size = Integer.parseInt(in.substring(0, line), 16);
        if (size == 0) {
            take(in, line + 2);
            state = State.TRAILERS;
            return true;
        }
        if (in.length() < line + 2 + size + 2) {
            return false;
        }
        take(in, line + 2);
        body.append(take(in, size));
        if (!take(in, 2).equals("\r\n")) {
            throw new AssertionError("A chunk does not end");
        }
        return true;
    }

    private boolean trailers(StringBuilder in) {
        int line = in.indexOf("\r\n");
        if (line < 0) {
            return false;
        }
        String text = take(in, line + 2);
        if (line == 0) {
            state = State.WHOLE;
        } else {
            trailers.add(field(text.substring(0, line)));
        }
        return true;
    }

    private static String take(StringBuilder in, int length) {
        String taken = in.substring(0, length);
        in.delete(0, length);
        return taken;
    }

    private static Header field(String line) {
        int colon = line.indexOf(": ");
        return new Header(line.substring(0, colon), line.substring(colon + 2));
    }

    private static List<String> values(List<Header> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public boolean isBodyWanted() {
        client.read();
        return wanted;
    }

    @Override
    public List<String> interim() {
        client.read();
        return interim;
    }

    @Override
    public int status() {
        client.read();
        return status;
    }

    @Override
    public List<String> fields(String name) {
        client.read();
        return values(fields, name);
    }

    @Override
    public String body() {
        client.read();
        return body.toString();
    }

    @Override
    public List<String> trailers(String name) {
        client.read();
        return values(trailers, name);
    }

    @Override
    public boolean isWhole() {
        client.read();
        return state == State.WHOLE;
    }

    @Override
    public boolean isCut() {
        return !isWhole() && !client.isOpen();
    }
}
