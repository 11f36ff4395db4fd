package org.pollux.http.filters;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A password as {@code openssl passwd -6}, {@code htpasswd -5} and {@code /etc/shadow} keep it: {@code $5$} with SHA-256 and
 * {@code $6$} with SHA-512 (Ulrich Drepper, Unix crypt using SHA-256 and SHA-512). The digests are those of the JDK.
 *
 * @param digest the name of the digest
 * @param order where the bytes of the digest stand in the text, three bytes to four characters
 * @param salt at most 16 bytes
 * @param hash what the password becomes, as text
 */
record ShaCrypt(String digest, Order order, String salt, int rounds, String hash) implements PasswordHash {

    private static final Pattern TEXT = Pattern.compile(
            "\\$([56])\\$(?:rounds=([1-9]\\d{3,6})\\$)?([!-#%-9;-~]{0,16})\\$([./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})");
    private static final String CHARACTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int USUAL_ROUNDS = 5_000;
    private static final int MOST_ROUNDS = 1_000_000;

    /** How the text mixes the bytes: each group begins with the next place of a turn through the three thirds. */
    enum Order {
        SHA_256(32, 10),
        SHA_512(64, 21);

        private final int length;
        private final int groups;

        Order(int length, int groups) {
            this.length = length;
            this.groups = groups;
        }
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static ShaCrypt of(String text) {
        Matcher parts = TEXT.matcher(text);
        boolean small = parts.matches() && parts.group(1).equals("5");
        if (!parts.matches() || parts.group(4).length() != (small ? 43 : 86)) {
            throw new IllegalArgumentException(
                    "a password is not hashed as expected ($5$ or $6$, at most 1,000,000 rounds): make the hash by"
                            + " 'openssl passwd -6'");
        }
        int rounds = parts.group(2) == null ? USUAL_ROUNDS : Integer.parseInt(parts.group(2));
        if (rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("a password has " + rounds + " rounds, more than " + MOST_ROUNDS);
        }
        return new ShaCrypt(
                small ? "SHA-256" : "SHA-512",
                small ? Order.SHA_256 : Order.SHA_512,
                parts.group(3),
                rounds,
                parts.group(4));
    }

    /** It takes milliseconds, and as long for each password of that length. */
    @Override
    public boolean isFor(byte[] password) {
        return MessageDigest.isEqual(
                hash.getBytes(US_ASCII), text(hashed(password)).getBytes(US_ASCII));
    }

    private byte[] hashed(byte[] password) {
        MessageDigest sha = sha();
        byte[] saltBytes = salt.getBytes(US_ASCII);
        sha.update(password);
        sha.update(saltBytes);
        byte[] other = sha.digest(password);
        sha.update(password);
        sha.update(saltBytes);
        sha.update(repeated(other, password.length));
        for (int bits = password.length; bits > 0; bits >>= 1) {
            sha.update((bits & 1) != 0 ? other : password);
        }
        byte[] hashed = sha.digest();
        for (int i = 0; i < password.length; i++) {
            sha.update(password);
        }
        byte[] passwords = repeated(sha.digest(), password.length);
        for (int i = 0; i < 16 + (hashed[0] & 0xFF); i++) {
            sha.update(saltBytes);
        }
        byte[] salts = repeated(sha.digest(), saltBytes.length);
        for (int round = 0; round < rounds; round++) {
            sha.update(round % 2 == 1 ? passwords : hashed);
            if (round % 3 != 0) {
                sha.update(salts);
            }
            if (round % 7 != 0) {
                sha.update(passwords);
            }
            hashed = sha.digest(round % 2 == 1 ? hashed : passwords);
        }
        return hashed;
    }

    private MessageDigest sha() {
        try {
            return MessageDigest.getInstance(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + digest, e);
        }
    }

    private static byte[] repeated(byte[] block, int length) {
        byte[] repeated = new byte[length];
        for (int i = 0; i < length; i++) {
            repeated[i] = block[i % block.length];
        }
        return repeated;
    }

    private String text(byte[] hashed) {
        StringBuilder text = new StringBuilder();
        int groups = order.groups;
        for (int group = 0; group < groups; group++) {
            // SHA-256: 0 10 20, 21 1 11, 12 22 2, 3 13 23 ...; SHA-512: 0 21 42, 22 43 1, 44 2 23, 3 24 45 ...
            int turn = order == Order.SHA_256 ? (3 - group % 3) % 3 : group % 3;
            int first = group + groups * turn;
            int second = group + groups * ((turn + 1) % 3);
            int third = group + groups * ((turn + 2) % 3);
            characters(text, hashed[first], hashed[second], hashed[third], 4);
        }
        if (order == Order.SHA_256) {
            characters(text, (byte) 0, hashed[order.length - 1], hashed[order.length - 2], 3);
        } else {
            characters(text, (byte) 0, (byte) 0, hashed[order.length - 1], 2);
        }
        return text.toString();
    }

    private static void characters(StringBuilder text, byte high, byte middle, byte low, int count) {
        int bits = (high & 0xFF) << 16 | (middle & 0xFF) << 8 | (low & 0xFF);
        for (int i = 0; i < count; i++, bits >>= 6) {
            text.append(CHARACTERS.charAt(bits & 0x3F));
        }
    }
}
