package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

final class StopTimeTest {

    private static StopTime of(Map<String, Object> properties) {
        return StopTime.of(FrameworkUtil.asDictionary(properties));
    }

    @Test
    void whatIsNotConfiguredHasItsDefault() {
        assertEquals(Duration.ofSeconds(30), StopTime.of(null).whole());
        assertEquals(Duration.ofSeconds(30), of(Map.of()).whole());
    }

    @Test
    void allAreConfigured() {
        StopTime time = of(Map.of("stopDelay", 5, "drain", 3, "stopTimeout", " 4 "));
        assertEquals(Duration.ofSeconds(4), time.bundles());
        assertEquals(Duration.ofSeconds(12), time.whole());
    }

    @Test
    void aValueThatCannotBeUsedHasItsDefaultAndLeavesTheOtherAlone() {
        assertEquals(
                Duration.ofSeconds(25),
                of(Map.of("drain", 5, "stopTimeout", "soon")).whole());
        assertEquals(
                Duration.ofSeconds(11),
                of(Map.of("drain", -1, "stopTimeout", 1)).whole());
        assertEquals(
                Duration.ofSeconds(11),
                of(Map.of("drain", Long.MAX_VALUE, "stopTimeout", 1)).whole());
    }

    @Test
    void noTimeAtAllIsNotWithoutALimit() {
        assertTrue(of(Map.of("drain", 0, "stopTimeout", 0)).whole().toMillis() > 0);
    }
}
