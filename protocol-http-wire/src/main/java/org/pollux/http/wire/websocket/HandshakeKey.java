package org.pollux.http.wire.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code Sec-WebSocket-Key} and the response to it (RFC 6455, sections 4.1 and 4.2.2). */
public final class HandshakeKey {

    private static final String OF_THE_PROTOCOL = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int OCTETS = 16;

    private HandshakeKey() {}

    /** A client's key, of 16 random octets. */
    public static String of(byte[] random) {
        return Base64.getEncoder().encodeToString(random);
    }

    /** Whether the value is a key. */
    public static boolean isValid(String key) {
        try {
            return Base64.getDecoder().decode(key).length == OCTETS && key.length() == 24;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The value of {@code Sec-WebSocket-Accept} for that key. */
    public static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + OF_THE_PROTOCOL).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
