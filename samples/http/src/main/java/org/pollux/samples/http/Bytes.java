package org.pollux.samples.http;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;

/**
 * Responds to {@code /bytes/1048576} with as many zeros, in pieces. It writes until it is told to stop, and goes on
 * when there is room again. So a client that reads slowly costs no more memory than a fast one.
 */
@Component(configurationPid = "pollux.samples.bytes")
@Designate(ocd = HandlerConfiguration.class)
@Path("/bytes/{count}")
public final class Bytes implements HttpHandler {

    /**
     * Slightly less than the 64 KiB that the system sends at once. Larger pieces would leave a rest, which is sent
     * separately.
     */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(63 * 1024);

    @Override
    public void handle(Request request, Response response) {
        String count = request.parameter("count");
        if (!count.matches("\\d{1,18}")) {
            response.status(404)
                    .header("Content-Type", "text/plain")
                    .send("'" + count + "' is not a number of bytes: request /bytes/1048576\n");
            return;
        }
        long length = Long.parseLong(count);
        response.header("Content-Type", "application/octet-stream");
        Zeros zeros = new Zeros(response.stream(length), length);
        zeros.send();
    }

    /** One response under way. All of it runs on the loop of the connection. */
    private static final class Zeros {

        private final ResponseStream stream;
        private final ByteBuffer piece = ZEROS.duplicate();
        private long left;

        Zeros(ResponseStream stream, long length) {
            this.stream = stream.onDrained(this::send);
            this.left = length;
        }

        void send() {
            boolean room = true;
            while (room && left > 0) {
                piece.clear().limit((int) Math.min(piece.capacity(), left));
                left -= piece.remaining();
                room = stream.write(piece);
            }
            if (left == 0) {
                stream.close();
            }
        }
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
