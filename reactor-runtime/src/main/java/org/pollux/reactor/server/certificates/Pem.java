package org.pollux.reactor.server.certificates;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a PEM file (RFC 7468).
 *
 * @param label {@code CERTIFICATE}, for instance
 * @param der its content
 */
@SuppressWarnings("ArrayRecordComponent") // blocks are read, and never compared
record Pem(String label, byte[] der) {

    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /**
     * The blocks of a file, in their order; text around them is skipped.
     *
     * @throws BadCertificateException also for a block without its end, for the file is perhaps only half written
     */
    static List<Pem> read(byte[] file) throws BadCertificateException {
        List<Pem> blocks = new ArrayList<>();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int label = begin + BEGIN.length();
            int body = text.indexOf(DASHES, label);
            int end = body < 0 ? -1 : text.indexOf(DASHES, body + DASHES.length());
            String name = text.substring(label, Math.max(label, body));
            String last = "-----END " + name + DASHES;
            if (end < 0 || !text.startsWith(last, end)) {
                throw new BadCertificateException("the block that begins in line "
                        + (text.substring(0, begin).lines().count() + 1) + " has no end: copy the whole file again");
            }
            blocks.add(new Pem(
                    name,
                    decode(name, text.substring(body + DASHES.length(), end).strip())));
            begin = text.indexOf(BEGIN, end + last.length());
        }
        return blocks;
    }

    private static byte[] decode(String label, String body) throws BadCertificateException {
        if (body.startsWith("Proc-Type:")) {
            throw new BadCertificateException("the private key has a passphrase: " + PrivateKeys.DECRYPT);
        }
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new BadCertificateException(
                    "the block " + label + " is damaged (" + e.getMessage() + "): copy the file again", e);
        }
    }

    boolean is(String other) {
        return label.equals(other);
    }

    /** A private key in any form. */
    boolean isKey() {
        return label.endsWith(PRIVATE_KEY);
    }

    @Override
    public String toString() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
