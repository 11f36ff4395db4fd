package org.pollux.http.filters;

/** A password as other programs keep it. From any thread. */
sealed interface PasswordHash permits Bcrypt, ShaCrypt {

    /** Whether it is this password. It takes milliseconds, or a tenth of a second. */
    boolean isFor(byte[] password);

    /**
     * Reads the part of a line of htpasswd behind the name.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static PasswordHash of(String text) {
        if (text.startsWith("$2")) {
            return Bcrypt.of(text);
        }
        if (text.startsWith("$5$") || text.startsWith("$6$")) {
            return ShaCrypt.of(text);
        }
        throw new IllegalArgumentException("a password " + fault(text)
                + ": make the hash by 'htpasswd -B' (bcrypt) or 'openssl passwd -6' (SHA-512)");
    }

    private static String fault(String text) {
        if (text.startsWith("$apr1$") || text.startsWith("$1$")) {
            return "is hashed by MD5, which is too fast to protect it";
        }
        return text.startsWith("{SHA}")
                ? "is hashed by SHA-1 once, which is too fast to protect it"
                : "is not hashed as expected ($2y$, $5$ or $6$)";
    }
}
