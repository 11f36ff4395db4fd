package org.pollux.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** FetchIT has it in a process with the locale C. */
final class ArgumentsTest {

    @Test
    void whatTheLocaleCouldDecodeIsTakenAsItIs() throws Exception {
        List<String> words = List.of("-o", "\u00E4", "");
        assertEquals(words, Arguments.asWritten(words));
    }

    @Test
    void theLastWordsOfTheCommandLineAreTheUsers() throws Exception {
        byte[] commandLine = "java\0-jar\0fetch.jar\0-o\0\0http://h/\u00E4\0".getBytes(UTF_8);
        assertEquals(List.of("-o", "", "http://h/\u00E4"), Arguments.last(3, commandLine));
        assertEquals(List.of(), Arguments.last(0, commandLine));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] commandLine = "java\0http://h/\u00E4\0".getBytes(ISO_8859_1);
        UsageException refused = assertThrows(UsageException.class, () -> Arguments.last(1, commandLine));
        assertTrue(String.valueOf(refused.getMessage()).contains("'http://h/\uFFFD' has bytes that are not UTF-8"));
    }
}
