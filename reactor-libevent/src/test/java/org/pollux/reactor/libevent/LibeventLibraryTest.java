package org.pollux.reactor.libevent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibeventLibraryTest {

    @Test
    void aMissingLibrarySaysWhatToInstallAndDoesNoLastingHarm() {
        var missing = List.of("libevent-of-nobody.so.1", "libevent-of-nobody.so");
        String reason = reason(() -> LibeventLibrary.load(missing));
        assertTrue(reason.contains("libevent-of-nobody.so.1, libevent-of-nobody.so"), reason);
        assertTrue(reason.contains("apt install libevent-core-2.1-7"), reason);
        assertTrue(reason.contains("brew install libevent"), reason);
        assertEquals("libevent", new LibeventBackend().name());
    }

    /** A library that is there and is something else. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherLibraryIsRefused() {
        String reason = reason(() -> LibeventLibrary.load(List.of("libc.so.6")));
        assertTrue(reason.contains("apt install"), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.22-stable", "1.4.15-stable", "2", "", "none"})
    void anOldVersionIsRefused(String version) {
        String reason = reason(() -> LibeventLibrary.requireUsable(version));
        assertTrue(reason.startsWith("libevent " + version + " is too old, 2.1 is needed"), reason);
        assertTrue(reason.contains("apt install"), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.8-stable", "2.1.12-stable", "2.2.1-alpha", "2.10.0", "3.0"})
    void aNewerVersionIsTaken(String version) {
        assertDoesNotThrow(() -> LibeventLibrary.requireUsable(version));
    }

    @Test
    void anotherPlatformIsNamed() {
        assertEquals(Platform.LINUX, Platform.of("Linux"));
        assertEquals(Platform.MACOS, Platform.of("Mac OS X"));
        String reason = reason(() -> Platform.of("Windows 11"));
        assertTrue(reason.contains("not on Windows 11"), reason);
    }

    private static String reason(Executable attempt) {
        return String.valueOf(
                assertThrows(LibeventUnavailableException.class, attempt).getMessage());
    }
}
