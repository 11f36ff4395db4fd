package org.pollux.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pollux.http.BodyHandler;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.RequestBody;
import org.pollux.http.ResponseStream;
import org.pollux.reactor.Reactor;

/** Handlers that respond with what they were sent. */
public final class Bodies {

    private Bodies() {}

    /** Streams it back as it comes, trailers included. */
    public static HttpHandler echo() {
        return (request, response) -> {
            ResponseStream out = response.stream();
            request.body().read(new BodyHandler() {
                @Override
                public void onData(ByteBuffer in) {
                    out.write(in);
                }

                @Override
                public void onEnd(Headers trailers) {
                    for (Header field : trailers) {
                        if (!field.name().startsWith("Content-")) { // which only the server may send
                            out.trailer(field.name(), field.value());
                        }
                    }
                    out.close();
                }
            });
        };
    }

    /** Takes it whole. */
    public static HttpHandler whole(int limit) {
        return (request, response) -> request.body().readAll(limit, response::send);
    }

    /** Takes a byte at a time, leaves the rest, pauses, and goes on in a task. */
    public static HttpHandler bytewise(Reactor reactor) {
        return (request, response) -> {
            RequestBody body = request.body();
            StringBuilder gathered = new StringBuilder();
            body.read(new BodyHandler() {
                @Override
                public void onData(ByteBuffer in) {
                    gathered.append((char) in.get());
                    body.pause();
                    reactor.execute(body::resume);
                }

                @Override
                public void onEnd(Headers trailers) {
                    response.send(gathered.toString().getBytes(StandardCharsets.ISO_8859_1));
                }
            });
        };
    }
}
