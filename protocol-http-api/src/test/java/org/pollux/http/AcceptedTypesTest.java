package org.pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field {@code Accept}. */
class AcceptedTypesTest {

    private static AcceptedTypes accept(String... lines) {
        return AcceptedTypes.of(new Headers() {
            @Override
            public Optional<String> first(String name) {
                return all(name).stream().findFirst();
            }

            @Override
            public List<String> all(String name) {
                assertEquals("Accept", name);
                return List.of(lines);
            }

            @Override
            public Iterator<Header> iterator() {
                return List.<Header>of().iterator();
            }
        });
    }

    /** The first cases are the examples of RFC 9110, section 12.5.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/*; q=0.2, audio/basic | audio/basic | 1",
                "audio/*; q=0.2, audio/basic | audio/mpeg | 0.2",
                "text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c | text/x-dvi | 0.8",
                "text/*;q=0.3, text/plain;q=0.7, text/plain;format=fixed;q=0.4, */*;q=0.5 | text/plain | 0.7",
                "text/*;q=0.3, text/plain;q=0.7, */*;q=0.5 | text/html | 0.3",
                "text/*;q=0.3, text/plain;q=0.7, */*;q=0.5 | image/jpeg | 0.5",
                "TEXT/HTML;Q=0.5 | text/html | 0.5",
                "text/html;q=0, */* | text/html | 0",
                "text/html | text/plain | 0",
                "text/html;x=\"a,b;q=0\";q=0.1,image/png | image/png | 1",
                "text/html;x=\"a,b;q=0\";q=0.1,image/png | text/html | 0.1",
                "text/html;q=2, text/* ;q=0.1 | text/html | 0.1",
                "text/html;q=x, */*;q=0.1 | text/html | 0.1",
                "text/html;, image/png | text/html | 1",
                ", ,text/html | text/html | 1",
                "*/plain, text/html | text/plain | 0",
                "text, text/html/x, */*;q=0.2 | text/html | 0.2",
            })
    void aTypeHasTheQualityOfTheRangeThatNamesItMostExactly(String field, String type, double quality) {
        assertEquals(quality, accept(field).quality(type));
        assertEquals(
                quality, accept(field.split(",(?=[^\"]*(\"[^\"]*\"[^\"]*)*$)")).quality(type), "one in each line");
    }

    @Test
    void withoutTheFieldEverythingIsAccepted() {
        assertEquals(1, accept().quality("text/html"));
        assertEquals(Optional.of("a/b"), accept("").best("a/b", "c/d"));
        assertFalse(accept().names("text/html"));
    }

    @Test
    void theBestTypeIsTheClientsAndAmongEqualsTheServers() {
        assertEquals(Optional.of("b/b"), accept("a/a;q=0.5, b/b").best("a/a", "b/b"));
        assertEquals(Optional.of("a/a"), accept("b/b, a/a").best("a/a", "b/b"));
        assertEquals(Optional.empty(), accept("c/c").best("a/a", "b/b"));
        assertTrue(accept("*/*, B/b;q=0.1").names("b/b"));
        assertFalse(accept("*/*, b/b;q=0").names("b/b"));
    }

    @Test
    void aHugeFieldIsReadInLittleTime() {
        String huge = "text/html;".repeat(50_000) + "\"".repeat(9) + ",a/b;x=\"" + "\\".repeat(50_001);
        assertEquals(
                0,
                accept(huge, "a/" + "*".repeat(100_000), ";q=".repeat(30_000)).quality("c/d"));
    }
}
