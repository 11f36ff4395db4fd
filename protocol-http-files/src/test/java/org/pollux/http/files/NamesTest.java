package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be a name in a folder, also if the server had let more through. */
class NamesTest {

    private static Optional<List<Path>> of(String path, boolean hidden) {
        return Names.of(path, FileSystems.getDefault(), hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "//", ".", "..", "a/..", "a/../b", "./a", "a//b", "/a", "a/", "a\\b", "..\\a", "a\0b", "\0"
            })
    void whatIsNoListOfNamesIsRefused(String path) {
        assertEquals(Optional.empty(), of(path, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "..a", "a..", "%2e%2e", "a b", "a+b", "a?b", "*", "~", "-", "a:b"})
    void someNamesOnlyLookOdd(String name) {
        assertEquals(Optional.of(List.of(Path.of(name))), of(name, true));
    }

    @Test
    void namesWithADotInFrontAreHiddenButOne() {
        assertTrue(of("a/.b", false).isEmpty());
        assertTrue(of(".a/b", false).isEmpty());
        assertTrue(of(".well-known/a", false).isPresent());
        assertTrue(of(".well-known-not", false).isEmpty());
    }
}
