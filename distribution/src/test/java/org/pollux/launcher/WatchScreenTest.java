package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchScreenTest {

    @Test
    void whatDoesNotFitIsCutAndCounted() {
        assertEquals(List.of("a", "", "b"), WatchScreen.fit("a\n\nb\n", 3, 80));
        assertEquals(List.of("a", "... 3 more lines"), WatchScreen.fit("a\nb\nc\nd\n", 2, 80));
        assertEquals(List.of("12345"), WatchScreen.fit("123456789\n", 3, 5));
    }
}
