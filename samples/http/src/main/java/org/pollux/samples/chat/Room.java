package org.pollux.samples.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Everybody who is here gets every line. The last lines are kept for those who come, or come back. From any thread. */
@Component(service = Room.class)
public final class Room {

    /** Somebody who is here. A guest that does not keep up should leave, and come back for what it has missed. */
    interface Guest {

        void tell(Line line);
    }

    private static final int KEPT = 50;

    private final Deque<Line> kept = new ArrayDeque<>();
    private final Set<Guest> guests = new LinkedHashSet<>();
    private long last;

    /** Tells the guest the lines behind the one with that id, and all that follow. */
    synchronized void enter(Guest guest, long after) {
        kept.stream().filter(line -> line.id() > after).forEach(guest::tell);
        guests.add(guest);
    }

    synchronized void leave(Guest guest) {
        guests.remove(guest);
    }

    synchronized void say(String name, String text) {
        Line line = new Line(last + 1, name.strip(), text.strip());
        last = line.id();
        kept.add(line);
        if (kept.size() > KEPT) {
            kept.remove();
        }
        List.copyOf(guests).forEach(guest -> guest.tell(line)); // one that is told may leave
    }

    synchronized int guests() {
        return guests.size();
    }

    /** The id of the last line that a guest has got, as it tells it. Anything else is taken for 0. */
    static long id(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
