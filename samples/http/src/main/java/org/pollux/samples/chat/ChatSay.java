package org.pollux.samples.chat;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.HttpHandler;
import org.pollux.http.Methods;
import org.pollux.http.Parameters;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;

/** Takes a line as a form, for guests without a WebSocket: {@code curl -d name=ada -d text=hello URL/chat/say}. */
@Component
@Path("/chat/say")
@Methods("POST")
public final class ChatSay implements HttpHandler {

    private static final int LONGEST = 8 * 1024;

    private final Room room;

    @Activate
    public ChatSay(@Reference Room room) {
        this.room = room;
    }

    @Override
    public void handle(Request request, Response response) {
        request.body().readAll(LONGEST, body -> {
            Parameters form = Parameters.ofForm(request, body);
            room.say(form.first("name").orElse(""), form.first("text").orElse(""));
            response.status(204).send();
        });
    }
}
