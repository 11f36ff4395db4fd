package org.pollux.samples.http;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.Blocking;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/**
 * Responds with the SHA-256 of the body, which it reads from a plain stream. It is {@code @Blocking}: each request has
 * a thread of its own, and may wait for its client, a database or a file.
 */
@Component(configurationPid = "pollux.samples.digest")
@Designate(ocd = HandlerConfiguration.class)
@Path("/digest")
@Methods({"POST", "PUT"})
@Blocking
public final class Digest implements HttpHandler {

    @Override
    public void handle(Request request, Response response) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] piece = new byte[16 * 1024];
        try (InputStream body = request.body().inputStream()) {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        String text = HexFormat.of().formatHex(digest.digest()) + "\n";
        response.header("Content-Type", "text/plain").send(text);
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
