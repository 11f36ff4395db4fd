package org.pollux.samples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** The page with its style and its script. A browser is told of both before the page is there (103, Early Hints). */
@Component
@Path({"/chat", "/chat/chat.css", "/chat/chat.js"})
public final class ChatPage implements HttpHandler {

    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'";

    private final byte[] page = resource("chat.html");
    private final byte[] style = resource("chat.css");
    private final byte[] script = resource("chat.js");

    private static byte[] resource(String name) {
        try (InputStream in = ChatPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the bundle");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(Request request, Response response) {
        switch (request.path()) {
            case "/chat/chat.css" -> send(response, "text/css", style);
            case "/chat/chat.js" -> send(response, "text/javascript", script);
            default -> {
                response.inform(
                        103,
                        "Link",
                        "</chat/chat.css>; rel=preload; as=style",
                        "Link",
                        "</chat/chat.js>; rel=preload; as=script");
                send(response, "text/html; charset=utf-8", page);
            }
        }
    }

    private static void send(Response response, String type, byte[] resource) {
        response.header("Content-Type", type)
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", POLICY)
                .send(resource);
    }
}
