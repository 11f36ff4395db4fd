package org.pollux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What clients are told about errors. */
class ProblemTest {

    @Test
    void aProblemIsAJsonObject() {
        assertEquals("{\"status\":404}", Problem.of(404).toJson());
        assertEquals(
                "{\"status\":409,\"detail\":\"was sent\",\"type\":\"/problems/sent\",\"title\":\"Sent\",\"order\":17}",
                Problem.of(409, "is sent")
                        .type("/problems/sent")
                        .title("Sent")
                        .with("order", 17)
                        .with("detail", "was sent")
                        .toJson());
    }

    @Test
    void noTextEndsItsString() {
        assertEquals(
                "{\"status\":400,\"a\\u0022\":\"\\u005c\\u000a\\u00fc\\ud83d\\ude00\\u003c/script\\u003e\"}",
                Problem.of(400).with("a\"", "\\\n\u00FC\uD83D\uDE00</script>").toJson());
    }

    @Test
    void theStatusIsThatOfTheResponse() {
        assertThrows(IllegalArgumentException.class, () -> Problem.of(399));
        assertThrows(IllegalArgumentException.class, () -> Problem.of(600));
        assertThrows(IllegalArgumentException.class, () -> Problem.of(400).with("status", 200));
        assertEquals(422, new HttpException(Problem.of(422)).status());
    }
}
