package org.pollux.samples.chat;

import org.jspecify.annotations.Nullable;
import org.pollux.http.HttpException;
import org.pollux.http.websocket.WebSocket;
import org.pollux.http.websocket.WebSocketListener;

/** A guest with a WebSocket. */
final class Seat implements WebSocketListener, Room.Guest {

    /** The server is busy: come again later (RFC 6455's registry of close codes). */
    private static final int TRY_LATER = 1013;

    private final Room room;
    private final long after;
    private @Nullable WebSocket socket;

    /**
     * A guest that is about to enter.
     *
     * @param after the id of the last line that it has got
     */
    Seat(Room room, long after) {
        this.room = room;
        this.after = after;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        room.enter(this, after);
    }

    @Override
    public void onText(WebSocket from, String text) {
        String[] parts = text.split("\n", 2);
        try {
            room.say(parts[0], parts.length == 2 ? parts[1] : "");
        } catch (HttpException fault) {
            from.close(WebSocket.POLICY, String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public void tell(Line line) {
        WebSocket to = socket;
        if (to != null && !to.send(line.json())) {
            to.close(TRY_LATER, "Too slow"); // it comes again, and asks for what it has missed
        }
    }

    @Override
    public void onClosed(WebSocket closed, int code, String reason) {
        room.leave(this);
    }
}
