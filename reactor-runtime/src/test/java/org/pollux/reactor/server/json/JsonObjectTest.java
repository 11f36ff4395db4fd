package org.pollux.reactor.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class JsonObjectTest {

    private static String value(Object value) {
        String object = new JsonObject().put("n", value).toString();
        return object.substring("{\"n\":".length(), object.length() - 1);
    }

    @Test
    void itIsOneLineOfMembersInTheirOrder() {
        assertEquals("{}", new JsonObject().toString());
        assertEquals(
                "{\"b\":1,\"a\":[{\"x\":true},{}]}",
                new JsonObject()
                        .put("b", 1)
                        .put("a", List.of(new JsonObject().put("x", true), new JsonObject()))
                        .toString());
    }

    @Test
    void everyKindOfValueIsWritten() {
        assertEquals("-9223372036854775808", value(Long.MIN_VALUE));
        assertEquals("0.25", value(0.25));
        assertEquals("null", value(Double.NaN));
        assertEquals("null", value(Double.POSITIVE_INFINITY));
        assertEquals("\"milliseconds\"", value(TimeUnit.MILLISECONDS));
        assertEquals("\"x\"", value(Optional.of("x")));
        assertEquals("null", value(Optional.empty()));
        assertEquals("{\"2xx\":7}", value(Map.of("2xx", 7L)));
        assertEquals("{\"n\":null}", new JsonObject().put("n", null).toString());
        List<Object> mixed = new ArrayList<>(List.of("a", 1, List.of()));
        mixed.add(null);
        assertEquals("[\"a\",1,[],null]", value(mixed));
        assertThrows(IllegalArgumentException.class, () -> value(new Object()));
    }

    @Test
    void everyCharacterThatJsonDoesNotTakeIsEscaped() {
        assertEquals(
                "\"a \\\"quoted\\\" C:\\\\x\\n\\t\\u0000\\u001b\\u007f\"",
                value("a \"quoted\" C:\\x\n\t\0\u001b\u007f"));
        assertEquals("\"\\u2028\\u2029\"", value("\u2028\u2029"));
        assertEquals("\"gr\u00fc\u00df </script>\"", value("gr\u00fc\u00df </script>"));
        assertEquals("\"\\ud83d\\ude00 \\ud800\"", value("\ud83d\ude00 \ud800"), "half a pair has no UTF-8");
        assertEquals("{\"a\\\"b\":1}", new JsonObject().put("a\"b", 1).toString());
    }
}
