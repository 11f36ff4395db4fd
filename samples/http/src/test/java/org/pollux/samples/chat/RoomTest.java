package org.pollux.samples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.pollux.http.HttpException;

class RoomTest {

    private final Room room = new Room();
    private final List<Line> told = new ArrayList<>();

    @Test
    void everyGuestGetsWhatIsSaid() {
        List<Line> other = new ArrayList<>();
        room.enter(told::add, 0);
        room.enter(other::add, 0);
        room.say(" ada ", "hello ");
        assertEquals(List.of(new Line(1, "ada", "hello")), told);
        assertEquals(told, other);
    }

    @Test
    void aGuestThatComesBackGetsWhatItHasMissed() {
        Room.Guest guest = told::add;
        room.enter(guest, 0);
        room.say("ada", "one");
        room.leave(guest);
        room.say("ada", "two");
        room.enter(guest, 1);
        assertEquals(List.of("one", "two"), told.stream().map(Line::text).toList());
    }

    @Test
    void theLastLinesAreKept() {
        for (int i = 1; i <= 60; i++) {
            room.say("ada", "line " + i);
        }
        room.enter(told::add, 0);
        assertEquals(
                LongStream.rangeClosed(11, 60).boxed().toList(),
                told.stream().map(Line::id).toList());
    }

    @Test
    void aGuestMayLeaveWhenItIsTold() {
        Room.Guest[] leaver = new Room.Guest[1];
        leaver[0] = line -> room.leave(leaver[0]);
        room.enter(leaver[0], 0);
        room.enter(told::add, 0);
        room.say("ada", "hello");
        assertEquals(1, told.size());
        assertEquals(1, room.guests());
    }

    @Test
    void emptyAndLongLinesAreRefused() {
        assertThrows(HttpException.class, () -> room.say("", "hello"));
        assertThrows(HttpException.class, () -> room.say("ada", " "));
        assertThrows(HttpException.class, () -> room.say("a".repeat(41), "hello"));
        assertThrows(HttpException.class, () -> room.say("ada", "a".repeat(501)));
    }

    @Test
    void whatIsNoIdIsZero() {
        assertEquals(7, Room.id("7"));
        for (String text : List.of("", "-1", "a", "9".repeat(19))) {
            assertEquals(0, Room.id(text));
        }
    }

    @Test
    void aLineIsJson() {
        assertEquals(
                "{\"id\":1,\"name\":\"a\\u0022\\u005c\",\"text\":\"\\u000a<\u00E9>\"}",
                new Line(1, "a\"\\", "\n<\u00E9>").json());
    }
}
