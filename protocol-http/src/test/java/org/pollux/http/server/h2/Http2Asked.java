package org.pollux.http.server.h2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.pollux.http.Header;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.contract.Asked;

/** A stream of a client: what it sends when it may, and what has come. */
final class Http2Asked implements Asked {

    private final Http2Client client;
    private final int stream;
    private final StringBuilder unsent = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<String> interim = new ArrayList<>();
    private final List<Header> fields = new ArrayList<>();
    private final List<Header> trailers = new ArrayList<>();

    /** Octets of the body that are to be given yet, when its length was announced. */
    private long rest;

    private final boolean announced;
    private int window;
    private boolean given;
    private boolean sent;
    private int status;
    private boolean wanted;
    private boolean whole;
    private boolean cut;
    private String trailerName = "";
    private String trailerValue = "";

    Http2Asked(Http2Client client, int stream, long length, int window) {
        this.client = client;
        this.stream = stream;
        this.window = window;
        this.announced = length > 0;
        this.rest = length;
        this.sent = length == Ask.NONE || length == 0;
    }

    // ---- the request

    @Override
    public Asked send(String piece) {
        unsent.append(piece);
        rest -= piece.length();
        given = announced && rest == 0;
        client.exchange();
        return this;
    }

    @Override
    public Asked end() {
        given = true;
        client.exchange();
        return this;
    }

    @Override
    public Asked end(String trailer, String value) {
        trailerName = trailer;
        trailerValue = value;
        return end();
    }

    /** Sends as much of the body as may be sent. */
    void pump() {
        while (!sent && !cut && (!unsent.isEmpty() || given)) {
            int length = Math.min(Math.min(unsent.length(), 16_384), client.room(window));
            boolean last = given && length == unsent.length();
            if (length == 0 && !(last && unsent.isEmpty())) {
                return;
            }
            String piece = unsent.substring(0, length);
            unsent.delete(0, length);
            window -= length;
            sent = last;
            boolean trailer = last && !trailerName.isEmpty();
            if (!trailer || length > 0) {
                client.data(stream, last && !trailer, piece);
            }
            if (trailer) {
                client.trailer(stream, trailerName, trailerValue);
            }
        }
    }

    void widen(int octets) {
        window += octets;
    }

    @Override
    public void cancel() {
        cut = true;
        client.cancel(stream);
    }

    // ---- the response

    void head(List<Header> block, boolean last) {
        if (cut) {
            return; // it was on its way
        }
        if (whole) {
            throw new AssertionError("A head where none can be");
        }
        if (status != 0) {
            if (!last) {
                throw new AssertionError("A second head");
            }
            trailers.addAll(block);
        } else {
            int code = Integer.parseInt(block.getFirst().value());
            if (!block.getFirst().name().equals(":status")) {
                throw new AssertionError("A response begins with its status: " + block);
            }
            if (code == 100) {
                wanted = true;
            } else if (code < 200) {
                interim.add(Asked.interim(code, block.subList(1, block.size())));
            } else {
                status = code;
                fields.addAll(block.subList(1, block.size()));
            }
        }
        whole = last;
    }

    void piece(byte[] octets, boolean last) {
        if (cut) {
            return;
        }
        if (status == 0 || whole) {
            throw new AssertionError("A piece of a body where none can be");
        }
        body.append(new String(octets, ISO_8859_1));
        whole = last;
    }

    void reset() {
        sent = true;
        cut |= !whole;
    }

    @Override
    public boolean isBodyWanted() {
        client.exchange();
        return wanted;
    }

    @Override
    public List<String> interim() {
        client.exchange();
        return interim;
    }

    @Override
    public int status() {
        client.exchange();
        return status;
    }

    @Override
    public List<String> fields(String name) {
        client.exchange();
        return values(fields, name);
    }

    private static List<String> values(List<Header> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public String body() {
        client.exchange();
        return body.toString();
    }

    @Override
    public List<String> trailers(String name) {
        client.exchange();
        return values(trailers, name);
    }

    @Override
    public boolean isWhole() {
        client.exchange();
        return whole;
    }

    @Override
    public boolean isCut() {
        client.exchange();
        return cut || (!whole && !client.isOpen());
    }
}
