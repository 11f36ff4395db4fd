package org.pollux.samples.http;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Responds with the length of the body, which it reads in pieces and discards. It holds only one piece at a time,
 * however long the body is.
 */
@Component(configurationPid = "pollux.samples.upload")
@Designate(ocd = HandlerConfiguration.class)
@Path("/upload")
@Methods({"POST", "PUT"})
public final class Upload implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        request.body().read(new BodyHandler() {
            private long received;

            @Override
            public void onData(ByteBuffer in) {
                received += in.remaining();
                in.position(in.limit()); // what is left in it would be presented again
            }

            @Override
            public void onEnd(Headers trailers) {
                response.header("Content-Type", "text/plain").send(Long.toString(received));
            }
        });
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
