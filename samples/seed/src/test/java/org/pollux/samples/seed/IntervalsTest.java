package org.pollux.samples.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Test
    void ticksThreeTimesAndRingsOnceAndEndsWhenTheLastTimerIsCalledOff() throws IOException {
        List<String> lines = Console.of(Intervals::main, "20");
        assertEquals(
                List.of("tick 1", "tick 2", "tick 3"),
                lines.stream().filter(l -> l.startsWith("tick")).toList());
        assertEquals(
                List.of("once"),
                lines.stream().filter(l -> !l.startsWith("tick")).toList());
    }
}
