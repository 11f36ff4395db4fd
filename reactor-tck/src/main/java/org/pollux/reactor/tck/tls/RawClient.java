package org.pollux.reactor.tck.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.XECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of TLS 1.3 that sends records which the JDK's engine does not: without content, with padding, of other types. It knows
 * one group, x25519, and one suite, AES-128-GCM, and checks nothing (RFC 8446).
 */
final class RawClient {

    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int DATA = 23;

    private static final int FINISHED = 20;
    private static final int HASH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final KeyPair share;
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private byte[] handshakeSecret = {};
    private byte[] finishedKey = {};
    private Keys sending = new Keys(new byte[HASH]);

    RawClient() throws GeneralSecurityException {
        share = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    }

    /** The first message, without the header of a record. */
    byte[] hello() {
        byte[] point = pointOf((XECPublicKey) share.getPublic());
        byte[] extensions = HEX.parseHex(
                "002b0003020304" // supported_versions: 1.3
                        + "000a00040002001d" // supported_groups: x25519
                        + "000d000a0008040308040401" + "0807" // signature_algorithms
                        + "003300260024001d0020" + HEX.formatHex(point)); // key_share
        byte[] body = HEX.parseHex("0303" + "42".repeat(32) + "00" + "00021301" + "0100"
                + HEX.toHexDigits((short) extensions.length) + HEX.formatHex(extensions));
        byte[] message = HEX.parseHex("01" + HEX.toHexDigits(body.length, 6) + HEX.formatHex(body));
        transcript.writeBytes(message);
        return message;
    }

    /** A record that is not encrypted. */
    static byte[] plainRecord(int type, byte[] content) {
        return Link.joined(
                new byte[] {(byte) type, 3, 3, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    /** Reads the server's messages up to its Finished, and gives the client's, encrypted. */
    byte[] finish(byte[] flight) throws GeneralSecurityException {
        ByteBuffer records = ByteBuffer.wrap(flight);
        byte[] serverHello = next(records);
        byte[] hello = Arrays.copyOfRange(serverHello, 5, serverHello.length);
        transcript.writeBytes(hello);
        handshakeSecret = extract(derived(extract(new byte[HASH], new byte[HASH])), agreed(hello));
        byte[] server = expand(handshakeSecret, "s hs traffic", transcriptHash(), HASH);
        byte[] client = expand(handshakeSecret, "c hs traffic", transcriptHash(), HASH);
        finishedKey = expand(client, "finished", new byte[0], HASH);
        readToFinished(records, new Keys(server));

        byte[] mac = hmac(finishedKey, transcriptHash());
        byte[] applicationSecret =
                expand(extract(derived(handshakeSecret), new byte[HASH]), "c ap traffic", transcriptHash(), HASH);
        sending = new Keys(client);
        byte[] finished = record(HANDSHAKE, Link.joined(new byte[] {FINISHED, 0, 0, HASH}, mac), 0);
        sending = new Keys(applicationSecret);
        return finished;
    }

    private void readToFinished(ByteBuffer records, Keys receiving) throws GeneralSecurityException {
        ByteBuffer messages = ByteBuffer.allocate(1 << 16);
        boolean done = false;
        while (!done) {
            byte[] record = next(records);
            if (record[0] != DATA) {
                continue; // change_cipher_spec, for old middleboxes
            }
            byte[] inner = receiving.open(record);
            messages.put(inner, 0, typeOf(inner));
            ByteBuffer seen = messages.duplicate().flip();
            while (seen.remaining() >= 4 && !done) {
                int length = seen.getInt(seen.position()) & 0xffffff;
                if (seen.remaining() < 4 + length) {
                    break;
                }
                done = seen.get(seen.position()) == FINISHED;
                seen.position(seen.position() + 4 + length);
            }
        }
        transcript.write(messages.array(), 0, messages.position());
    }

    /** The index of the type, which is between content and padding. */
    private static int typeOf(byte[] inner) {
        int index = inner.length - 1;
        while (inner[index] == 0) {
            index--;
        }
        return index;
    }

    /** An encrypted record, with this many zeros behind its content. */
    byte[] record(int type, byte[] content, int padding) throws GeneralSecurityException {
        byte[] inner = Arrays.copyOf(content, content.length + 1 + padding);
        inner[content.length] = (byte) type;
        return sending.seal(inner);
    }

    private static byte[] next(ByteBuffer records) {
        int length = 5 + (records.getShort(records.position() + 3) & 0xffff);
        byte[] record = new byte[length];
        records.get(record);
        return record;
    }

    // ---- keys (RFC 8446 section 7)

    /** The share is the last of the extensions that it looks for. */
    private byte[] agreed(byte[] serverHello) throws GeneralSecurityException {
        byte[] mark = {0, 0x33, 0, 0x24, 0, 0x1d, 0, 0x20};
        int at = 0;
        while (!Arrays.equals(serverHello, at, at + mark.length, mark, 0, mark.length)) {
            at++;
        }
        byte[] point = Arrays.copyOfRange(serverHello, at + mark.length, at + mark.length + 32);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(share.getPrivate());
        byte[] header = HEX.parseHex("302a300506032b656e032100"); // of a public key in DER
        agreement.doPhase(
                KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(Link.joined(header, point))),
                true);
        return agreement.generateSecret();
    }

    private static byte[] pointOf(XECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private byte[] transcriptHash() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(transcript.toByteArray());
    }

    private static byte[] derived(byte[] secret) throws GeneralSecurityException {
        return expand(secret, "derived", MessageDigest.getInstance("SHA-256").digest(), HASH);
    }

    private static byte[] extract(byte[] salt, byte[] secret) throws GeneralSecurityException {
        return hmac(salt, secret);
    }

    private static byte[] expand(byte[] secret, String label, byte[] context, int length)
            throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(2 + 1 + name.length + 1 + context.length + 1)
                .putShort((short) length)
                .put((byte) name.length)
                .put(name)
                .put((byte) context.length)
                .put(context)
                .put((byte) 1);
        return Arrays.copyOf(hmac(secret, info.array()), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    /** The keys of one direction, with its count of records. */
    private static final class Keys {

        private final byte[] secret;
        private long records;

        Keys(byte[] secret) {
            this.secret = secret;
        }

        byte[] seal(byte[] inner) throws GeneralSecurityException {
            byte[] header = {DATA, 3, 3, (byte) ((inner.length + 16) >> 8), (byte) (inner.length + 16)};
            return Link.joined(header, cipher(Cipher.ENCRYPT_MODE, header).doFinal(inner));
        }

        byte[] open(byte[] record) throws GeneralSecurityException {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(record, 5)).doFinal(record, 5, record.length - 5);
        }

        private Cipher cipher(int mode, byte[] header) throws GeneralSecurityException {
            byte[] nonce = expand(secret, "iv", new byte[0], 12);
            for (int i = 0; i < 8; i++) {
                nonce[4 + i] ^= (byte) (records >>> (56 - 8 * i));
            }
            records++;
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(expand(secret, "key", new byte[0], 16), "AES"),
                    new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header);
            return cipher;
        }
    }
}
