package org.pollux.reactor.server.certificates;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*?)\\s*-----END \\1-----");

    /** The blocks of a file, in their order; text around them is skipped. */
    static List<Pem> read(byte[] file) throws BadCertificateException {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Pem(matcher.group(1), decode(matcher.group(1), matcher.group(2))));
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
