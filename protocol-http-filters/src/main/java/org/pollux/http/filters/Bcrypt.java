package org.pollux.http.filters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * A password as {@code htpasswd -B} keeps it: bcrypt (Niels Provos and David Mazières, A Future-Adaptable Password Scheme), by the
 * class of Spring Security, which this bundle has a copy of. It takes the first 72 bytes of a password, as all others do.
 *
 * @param text with the version, the cost and the salt
 */
record Bcrypt(String text) implements PasswordHash {

    private static final Pattern TEXT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./0-9A-Za-z]{53}");

    /** The base-two logarithm of the rounds. More would take seconds for each check. */
    private static final int MOST_COST = 14;

    private static final int LEAST_COST = 4;

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static Bcrypt of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a password begins as one of bcrypt does and is not whole: make the hash by 'htpasswd -B'");
        }
        int cost = Integer.parseInt(parts.group(1));
        if (cost < LEAST_COST || cost > MOST_COST) {
            throw new IllegalArgumentException("a password has the cost " + cost + ", and not " + LEAST_COST + " to "
                    + MOST_COST + ": make the hash by 'htpasswd -B -C 10'");
        }
        return new Bcrypt(text);
    }

    @Override
    public boolean isFor(byte[] password) {
        return BCrypt.checkpw(password, text);
    }
}
