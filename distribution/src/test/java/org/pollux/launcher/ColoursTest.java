package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ColoursTest {

    private static String coloured(String text) throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        try (Colours colours = new Colours(terminal)) {
            colours.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return terminal.toString(StandardCharsets.UTF_8).replace("\033", "^");
    }

    @Test
    void faultsAreRedTitlesBoldAndStatesHaveTheirColour() throws IOException {
        assertEquals("""
                Pollux 1.2.3, running, up 3m 7s

                ^[1mbackend^[0m
                libevent  ^[32mpolls^[0m    polls and open
                uring     ^[31mmissing^[0m  Linux 6.1 is needed

                ^[31m! tcp://127.0.0.1:80: not permitted^[0m
                """, coloured("""
                Pollux 1.2.3, running, up 3m 7s

                backend
                libevent  polls    polls and open
                uring     missing  Linux 6.1 is needed

                ! tcp://127.0.0.1:80: not permitted
                """));
    }

    @Test
    void whatIsNeitherStaysAsItIsToTheLastCharacter() throws IOException {
        for (String text :
                new String[] {"", "\n", "no end", "{\"state\":\"open\"}\n", "\n\na b c\n", "gr\u00fc\u00df\n"}) {
            assertEquals(text, coloured(text));
        }
    }

    @Test
    void whoWantsNoColourGetsNone() {
        assertTrue(Colours.areWanted(Map.of("TERM", "xterm")));
        assertTrue(Colours.areWanted(Map.of("TERM", "xterm", "NO_COLOR", "")), "as no-color.org has it");
        assertFalse(Colours.areWanted(Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertFalse(Colours.areWanted(Map.of("TERM", "dumb")));
        assertFalse(Colours.areWanted(Map.of()));
    }
}
