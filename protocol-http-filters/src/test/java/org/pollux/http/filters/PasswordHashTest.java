package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a password in a file of htpasswd. {@link ShaCryptTest} has more of one of them. */
class PasswordHashTest {

    /** The first two are of htpasswd -B, the next one is a vector of jBCrypt, the last one is of htpasswd -5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p\u00E4ssword | $2y$05$tE83Yc.FxYQYydeu6RLNtuDifVW6Ce52HU5qF87f78EgG0zFZv.3G",
                "p\u00E4ssword | $2y$10$ZbXOgAjx/T0Ew9nN2aS1beO9sWyqglEpHDo.AkZgPe7B2qla2l9Ay",
                "abc | $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
                "Hello world! | $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
            })
    void aPasswordFitsItsHashAlone(String password, String text) {
        PasswordHash hash = PasswordHash.of(text);
        assertTrue(hash.isFor(password.getBytes(UTF_8)), password);
        assertFalse(hash.isFor((password + " ").getBytes(UTF_8)));
        assertFalse(hash.isFor(new byte[0]));
    }

    /** As for all programs that know bcrypt. */
    @Test
    void bcryptTakesTheFirst72Bytes() {
        PasswordHash hash = PasswordHash.of("$2y$04$2cNx9JspdC6eNT5VOhY.P.TMT2yzLguAAcr8Wj9hj4BJbjTuiBEbG");
        assertTrue(hash.isFor("x".repeat(80).getBytes(UTF_8)));
        assertTrue(hash.isFor("x".repeat(72).getBytes(UTF_8)));
        assertFalse(hash.isFor("x".repeat(71).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$apr1$k50PTPAF$Kp.g46/55mEXiC.u9M42G1 | MD5",
                "{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI= | SHA-1",
                "huLwfdPWoDTyY | not hashed as expected",
                "plain | not hashed as expected",
                "$2y$05$short | not whole",
                "$2y$15$tE83Yc.FxYQYydeu6RLNtuDifVW6Ce52HU5qF87f78EgG0zFZv.3G | cost 15",
                "$2y$31$tE83Yc.FxYQYydeu6RLNtuDifVW6Ce52HU5qF87f78EgG0zFZv.3G | cost 31",
                "$2y$03$tE83Yc.FxYQYydeu6RLNtuDifVW6Ce52HU5qF87f78EgG0zFZv.3G | cost 3",
            })
    void otherHashesAreRefusedByNameWithTheRemedy(String text, String why) {
        String message = refusal(text);
        assertTrue(message.contains(why) && message.contains("htpasswd -B"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$6$salt$hash"})
    void otherHashesAreRefused(String text) {
        assertTrue(refusal(text).contains("openssl passwd -6"));
    }

    private static String refusal(String text) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> PasswordHash.of(text))
                .getMessage());
    }
}
