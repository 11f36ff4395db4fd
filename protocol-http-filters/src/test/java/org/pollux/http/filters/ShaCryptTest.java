package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords as other programs keep them. */
class ShaCryptTest {

    /** The first four are test vectors of the specification, the last one is of openssl passwd. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello world! | $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "Hello world! | $6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "Hello world! | $5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
                "we have a short salt string but not a short password"
                        + " | $6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0",
                "p\u00E4ssword | $6$abc$We/zNc8oYCOt9Gy7wjQNaIZrsfcArOZgXUJBix2o20WroMAFqNTB8UqGL792.xnxbJDEdGcXwRAMK/zy7svCJ/",
            })
    void aPasswordFitsItsHashAlone(String password, String text) {
        ShaCrypt hash = ShaCrypt.of(text);
        assertTrue(hash.isFor(password.getBytes(UTF_8)), password);
        assertFalse(hash.isFor((password + " ").getBytes(UTF_8)));
    }

    @Test
    void passwordsOfAnyLengthAreHashed() {
        ShaCrypt hash = ShaCrypt.of("$6$rounds=1000$s$" + "x".repeat(86));
        for (int length : new int[] {0, 1, 63, 64, 65, 256}) {
            assertFalse(hash.isFor(new byte[length]));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$5$salt$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "$5$rounds=1000001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
                "$5$rounds=999$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
            })
    void otherHashesAreRefusedWithTheRemedy(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> ShaCrypt.of(text))
                .getMessage());
        assertTrue(message.contains("openssl passwd -6") || message.contains("1000001 rounds"), message);
    }
}
