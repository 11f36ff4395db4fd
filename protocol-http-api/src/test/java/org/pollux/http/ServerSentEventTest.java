package org.pollux.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSentEventTest {

    @ParameterizedTest
    @CsvSource({
        "'', 'data: |'",
        "a, 'data: a|'",
        "' a ', 'data:  a |'",
        "':a', 'data: :a|'",
        "a~b, 'data: a|data: b|'",
        "a^b, 'data: a|data: b|'",
        "a^~b, 'data: a|data: b|'",
        "a~^b, 'data: a|data: |data: b|'",
        "a~~b, 'data: a|data: |data: b|'",
        "a~, 'data: a|data: |'",
        "'a~event: b', 'data: a|data: event: b|'",
    })
    void eachLineOfTheDataIsALineOfTheEvent(String data, String lines) {
        String text = data.replace('~', '\n').replace('^', '\r');
        assertEquals(lines.replace('|', '\n') + "\n", ServerSentEvent.of(text).toString());
    }

    @Test
    void anEventHasATypeAnIdAndATimeToRetry() {
        assertEquals(
                "retry: 2500\nid: 7\nevent: tick\ndata: a\n\n",
                ServerSentEvent.of("a")
                        .type("tick")
                        .id("7")
                        .retry(Duration.ofMillis(2500))
                        .toString());
        assertEquals("id: \ndata: a\n\n", ServerSentEvent.of("a").id("").toString());
    }

    @Test
    void aCommentMayCarryATimeToRetry() {
        assertEquals(": a\n: b\n\n", ServerSentEvent.comment("a\nb").toString());
        assertEquals(
                "retry: 0\n: \n\n",
                ServerSentEvent.comment("").retry(Duration.ZERO).toString());
    }

    @Test
    void aLineEndInATypeOrAnIdIsRefused() {
        ServerSentEvent event = ServerSentEvent.of("a");
        for (String bad : List.of("a\nb", "a\r", "\r\n")) {
            assertThrows(IllegalArgumentException.class, () -> event.type(bad));
            assertThrows(IllegalArgumentException.class, () -> event.id(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> event.id("a\0b"));
        assertThrows(IllegalArgumentException.class, () -> event.retry(Duration.ofMillis(-1)));
    }

    @Test
    void itsBytesAreUtf8AndCannotBeChanged() {
        ServerSentEvent event = ServerSentEvent.of("\u00E9\u20AC");
        assertTrue(event.bytes().isReadOnly());
        assertEquals(event.toString(), UTF_8.decode(event.bytes()).toString());
        assertEquals(event.toString(), UTF_8.decode(event.bytes()).toString());
    }
}
