package org.pollux.samples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Sends a JSON object, which it writes again for each request. */
@Component(configurationPid = "pollux.samples.json")
@Designate(ocd = HandlerConfiguration.class)
@Path("/json")
public final class Json implements HttpHandler {

    /** The data to send. A real handler would pass it to its JSON library. */
    record Message(String message) {

        String toJson() {
            return "{\"message\":\"" + message + "\"}";
        }
    }

    @Override
    public void handle(Request request, Response response) {
        Message message = new Message("Hello, World!");
        response.header("Content-Type", "application/json")
                .send(message.toJson().getBytes(UTF_8));
    }

    /** Lets a change of the path keep the service. Without this method, Declarative Services would replace it. */
    @Modified
    void modified() {}
}
