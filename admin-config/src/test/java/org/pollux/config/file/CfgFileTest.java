package org.pollux.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CfgFileTest {

    private static CfgFile parse(byte[] content) throws BadFileException {
        return CfgFile.parse(content, name -> Optional.of("/the/home").filter(_ -> name.equals("pollux.home")));
    }

    private static CfgFile parse(String text) throws BadFileException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(byte[] content) {
        return String.valueOf(
                assertThrows(BadFileException.class, () -> parse(content)).getMessage());
    }

    @Test
    void linesOfKeysAndValues() throws BadFileException {
        CfgFile file = parse("""
                # a comment
                endpoint = tcp://127.0.0.1:1, \\
                    tcp://127.0.0.1:2
                server=\t Pümp \t
                empty =
                """);
        assertEquals(
                Map.of("endpoint", "tcp://127.0.0.1:1, tcp://127.0.0.1:2", "server", "Pümp", "empty", ""),
                file.values());
        assertEquals(List.of(), file.notes());
    }

    @Test
    void theWindowsWayOfEndingLinesAndMarkingFiles() throws BadFileException {
        Map<String, String> expected = Map.of("a", "ä", "b", "2");
        assertEquals(expected, parse("a = ä\r\nb = 2\r\n").values());
        assertEquals(expected, parse("\uFEFFa = ä\r\nb = 2\r\n").values());
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertEquals(
                    expected,
                    parse("\uFEFFa = ä\r\nb = 2\r\n".getBytes(charset)).values(),
                    charset.name());
        }
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() {
        assertEquals(
                "it is not UTF-8: byte E4 in line 2 cannot be read. Save it as UTF-8",
                refusal("x = 1\na = ä\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(refusal("a = 1\n".getBytes(StandardCharsets.UTF_16LE)).contains("it is not text"));
        assertTrue(refusal(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0}).contains("it is not text"));
        assertTrue(refusal(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}).contains("UTF-16"));
    }

    @Test
    void whatIsNoSuchFileIsNamed() {
        assertTrue(refusal("<properties>".getBytes(StandardCharsets.UTF_8)).contains("XML"));
        assertTrue(refusal("a = \\u12".getBytes(StandardCharsets.UTF_8)).contains("\\u"));
        assertTrue(refusal(new byte[CfgFile.MOST + 1]).contains("more than"));
    }

    @Test
    void aKeyThatIsThereTwiceIsTold() throws BadFileException {
        CfgFile file = parse("a = 1\nb = 2\na = 3\n");
        assertEquals(Map.of("a", "3", "b", "2"), file.values());
        assertEquals(List.of("the key a appears more than once: the last value is used"), file.notes());
        CfgFile cases = parse("a = 1\nA = 2\n");
        assertEquals(Map.of("a", "1"), cases.values());
        assertEquals(1, cases.notes().size());
    }

    @Test
    void variables() throws BadFileException {
        CfgFile file = parse("folder = ${pollux.home}/www\nother = ${nothing}\n");
        assertEquals(Map.of("folder", "/the/home/www", "other", "${nothing}"), file.values());
        assertEquals(List.of("${nothing} is not defined, and is left unchanged"), file.notes());
    }
}
