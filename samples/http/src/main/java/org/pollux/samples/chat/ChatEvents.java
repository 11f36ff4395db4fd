package org.pollux.samples.chat;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.EventStream;
import org.pollux.http.HttpHandler;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.Response;
import org.pollux.http.ServerSentEvent;

/**
 * The room by server-sent events. A browser that connects again tells the last line that it has got, so none is lost, and
 * none comes twice.
 */
@Component
@Path("/chat/events")
public final class ChatEvents implements HttpHandler {

    private final Room room;

    @Activate
    public ChatEvents(@Reference Room room) {
        this.room = room;
    }

    @Override
    public void handle(Request request, Response response) {
        EventStream stream = response.events();
        stream.send(ServerSentEvent.comment("welcome").retry(Duration.ofSeconds(1)));
        Room.Guest guest = line -> tell(stream, line);
        room.enter(guest, Room.id(stream.lastEventId().orElse("")));
        stream.onClosed(() -> room.leave(guest));
    }

    private static void tell(EventStream stream, Line line) {
        if (!stream.send(ServerSentEvent.of(line.json()).id(String.valueOf(line.id())))) {
            stream.close(); // it does not keep up: it comes again, and asks for what it has missed
        }
    }
}
