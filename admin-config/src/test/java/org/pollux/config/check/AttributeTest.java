package org.pollux.config.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeTest {

    private static Attribute attribute(Kind kind, String description, int cardinality) {
        return new Attribute(
                "key", "Key", description, kind, cardinality, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static Attribute between(Kind kind, String description, long min, long max) {
        return new Attribute(
                "key",
                "Key",
                description,
                kind,
                0,
                Optional.of(BigDecimal.valueOf(min)),
                Optional.of(BigDecimal.valueOf(max)),
                List.of(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "' 7 ', 7",
        "10B, 10",
        "10KB, 10240",
        "10 kb, 10240",
        "10KiB, 10240",
        "10k, 10240",
        "10MB, 10485760",
        "10MiB, 10485760",
        "1.5MB, 1572864",
        "2GB, 2147483648",
        "2GiB, 2147483648",
        "1TB, 1099511627776",
        "0, 0",
        "-1, -1"
    })
    void aSizeMayHaveASuffix(String text, long bytes) throws Exception {
        assertEquals(bytes, attribute(Kind.LONG, "Bytes of a body", 0).convert(text));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7s, 7", "2min, 120", "2 MIN, 120", "1h, 3600", "1d, 86400", "3000ms, 3", "0.5min, 30"})
    void aTimeMayHaveASuffix(String text, int seconds) throws Exception {
        assertEquals(
                seconds, attribute(Kind.INTEGER, "Seconds until it ends", 0).convert(text));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7s, 7000", "1.5s, 1500", "1min, 60000"})
    void milliseconds(String text, int milliseconds) throws Exception {
        assertEquals(
                milliseconds,
                attribute(Kind.INTEGER, "Milliseconds until it ends", 0).convert(text));
    }

    @ParameterizedTest
    @CsvSource({"90000ms, 1.5", "60000ms, 1", "30s, 0.5"})
    void minutesAreExact(String text, double minutes) throws Exception {
        assertEquals(minutes, attribute(Kind.DOUBLE, "Minutes of it", 0).convert(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1O0",
                "",
                " ",
                "ten",
                "10m",
                "10M",
                "1,5MB",
                "0x10",
                "1e3",
                "10 000",
                "1_000",
                "٣",
                "500ms",
                "10KB",
                "10MBps",
                "99999999999999999999",
                "3000000000",
                "--1",
                "+",
                "NaN",
                "Infinity",
                "10\u0000"
            })
    void whatIsNoWholeNumberOfSecondsIsRefused(String text) {
        assertThrows(
                BadValueException.class,
                () -> attribute(Kind.INTEGER, "Seconds until it ends", 0).convert(text));
    }

    @Test
    void aPlainNumberHasNoSuffix() {
        assertThrows(
                BadValueException.class,
                () -> attribute(Kind.INTEGER, "How many", 0).convert("10KB"));
        assertThrows(
                BadValueException.class,
                () -> attribute(Kind.INTEGER, "How many", 0).convert("1.5"));
    }

    @Test
    void boundsAreKeptAndTold() throws Exception {
        Attribute level = between(Kind.INTEGER, "From fast to small", 1, 9);
        assertEquals(1, level.convert("1"));
        assertEquals(9, level.convert(9L));
        assertEquals("must be a whole number from 1 to 9", refusal(level, "0"));
        assertEquals("must be a whole number from 1 to 9", refusal(level, 10));
        Attribute size = between(Kind.INTEGER, "Bytes of a head", 128, 32768);
        assertEquals(32768, size.convert("32KiB"));
        assertTrue(
                refusal(size, "33KB").endsWith("of bytes from 128 to 32768, plain or followed by one of KB, MB, GB"));
        assertEquals(
                "must be a whole number from -2147483648 to 2147483647",
                refusal(attribute(Kind.INTEGER, "How many", 0), "3000000000"));
    }

    private static String refusal(Attribute attribute, Object value) {
        return String.valueOf(assertThrows(BadValueException.class, () -> attribute.convert(value))
                .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        "yes, true",
        "Yes, true",
        "on, true",
        "1, true",
        "' true ', true",
        "false, false",
        "no, false",
        "OFF, false",
        "0, false"
    })
    void aTruthHasSeveralWords(String text, boolean truth) throws Exception {
        assertEquals(truth, attribute(Kind.BOOLEAN, "Whether", 0).convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ja", "2", "truе", "t", "enabled"}) // one has a Cyrillic letter
    void anyOtherWordIsRefusedAndNotFalse(String text) {
        assertEquals("must be true or false", refusal(attribute(Kind.BOOLEAN, "Whether", 0), text));
    }

    @Test
    void optionsDoNotKnowCases() throws Exception {
        Attribute format = new Attribute(
                "format",
                "",
                "",
                Kind.STRING,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of("text"),
                List.of("text", "json"));
        assertEquals("json", format.convert(" JSON "));
        assertEquals("must be one of text, json", refusal(format, "xml"));
        assertEquals(Optional.of("text"), format.defaultValue());
    }

    @Test
    void severalValuesComeAsAnArrayAListOrOneTextWithCommas() throws Exception {
        Attribute codes = attribute(Kind.INTEGER, "Which", Integer.MAX_VALUE);
        assertArrayEquals(new Integer[] {404, 410}, (Object[]) codes.convert("404, 410,"));
        assertArrayEquals(new Integer[] {404, 410}, (Object[]) codes.convert(new int[] {404, 410}));
        assertArrayEquals(new Integer[] {404, 410}, (Object[]) codes.convert(List.of("404", 410)));
        assertThrows(BadValueException.class, () -> codes.convert("404, x"));
        assertEquals(List.of(1, 2), attribute(Kind.INTEGER, "Which", -2).convert("1,2"));
        assertEquals("must have at most 2 values", refusal(attribute(Kind.INTEGER, "Which", -2), "1,2,3"));
    }

    @Test
    void textsOfAListAreLeftToTheBundle() throws Exception {
        assertEquals("a, b", attribute(Kind.STRING, "Paths", Integer.MAX_VALUE).convert("a, b"));
    }

    @Test
    void oneValueIsNotSeveral() {
        assertThrows(
                BadValueException.class,
                () -> attribute(Kind.STRING, "A text", 0).convert(new String[] {"a", "b"}));
        assertThrows(
                BadValueException.class,
                () -> attribute(Kind.STRING, "A text", 0).convert(new String[0]));
    }
}
