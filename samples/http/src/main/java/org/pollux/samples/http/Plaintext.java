package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Sends a constant text, which is therefore kept as bytes. */
@Component(configurationPid = "pollux.samples.plaintext")
@Designate(ocd = HandlerConfiguration.class)
@Path("/plaintext")
public final class Plaintext implements HttpHandler {

    private static final byte[] HELLO = "Hello, World!".getBytes(UTF_8);

    @Override
    public void handle(Request request, Response response) {
        response.header("Content-Type", "text/plain").send(HELLO);
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
