package org.pollux.samples.http;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.BodyHandler;
import org.pollux.http.Headers;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.RequestBody;
import org.pollux.http.Response;
import org.pollux.http.ResponseStream;
import org.pollux.http.Subpaths;

/**
 * Sends the body of the request back while it arrives. It never holds more than a slow reader leaves unread. It serves
 * everything below its path, and takes precedence over other samples there.
 */
@Component(configurationPid = "pollux.samples.echo")
@Designate(ocd = HandlerConfiguration.class)
@Path("/echo")
@Subpaths
@Methods("*")
@ServiceRanking(1)
public final class Echo implements HttpHandler {

    @Override
    public void handle(Request request, Response response) {
        request.headers().first("Content-Type").ifPresent(type -> response.header("Content-Type", type));
        RequestBody body = request.body();
        ResponseStream stream = response.stream();
        stream.onDrained(body::resume);
        body.read(new BodyHandler() {
            @Override
            public void onData(ByteBuffer in) {
                if (!stream.write(in)) {
                    body.pause(); // the client sends faster than it reads
                }
            }

            @Override
            public void onEnd(Headers trailers) {
                stream.close();
            }
        });
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
