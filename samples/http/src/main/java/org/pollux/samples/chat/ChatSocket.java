package org.pollux.samples.chat;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pollux.http.Path;
import org.pollux.http.Request;
import org.pollux.http.websocket.WebSocketHandler;
import org.pollux.http.websocket.WebSocketListener;

/**
 * The room by WebSocket. A client that connects again names the last line that it has got: {@code /chat/socket?after=7}. It says
 * a line as a text of two lines: its name, and what it says.
 */
@Component
@Path("/chat/socket")
public final class ChatSocket implements WebSocketHandler {

    private final Room room;

    @Activate
    public ChatSocket(@Reference Room room) {
        this.room = room;
    }

    @Override
    public WebSocketListener open(Request request) {
        return new Seat(room, Room.id(request.queryParameters().first("after").orElse("")));
    }
}
