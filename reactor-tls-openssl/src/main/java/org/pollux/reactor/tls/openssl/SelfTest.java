package org.pollux.reactor.tls.openssl;

import java.nio.ByteBuffer;

/**
 * Tries what {@link InputBio} and {@link OutputBio} assume about the memory BIOs of this version of OpenSSL, once: the engine does
 * not offer itself where it is not so.
 */
final class SelfTest {

    private static final int LENGTH = 100;

    private SelfTest() {}

    static void run() {
        Workspace trial = new Workspace();
        try (Frame frame = new Frame()) {
            for (int round = 0; round < 3; round++) {
                if (!readsInPlace(trial, frame) || !writesInPlace(trial)) {
                    throw new OpenSslUnavailableException(
                            "the memory BIOs of " + OpenSslLibrary.load().version()
                                    + " work in another way than those of OpenSSL 3.0 to 3.5; use one of these");
                }
            }
        } finally {
            trial.release();
        }
    }

    /** All but the last byte, from where it is. */
    private static boolean readsInPlace(Workspace trial, Frame frame) {
        trial.input.hold(trial.cipherAddress, LENGTH);
        trial.cipher.putInt(LENGTH - 5, 0x12345678);
        long target = frame.bytes(LENGTH);
        long count = Crypto.BIO_READ.call(trial.input.bio, target, LENGTH - 1);
        boolean exact = count == LENGTH - 1
                && Memory.view(target, LENGTH).getInt(LENGTH - 5) == 0x12345678
                && trial.input.remaining() == 1;
        trial.input.hold(0, 0);
        return exact && Crypto.BIO_READ.call(trial.input.bio, target, 1) == -1;
    }

    private static boolean writesInPlace(Workspace trial) {
        Crypto.BIO_WRITE.call(trial.output.bio, trial.cipherAddress, LENGTH - 1);
        Crypto.BIO_WRITE.call(trial.output.bio, trial.cipherAddress, 1);
        ByteBuffer content = trial.output.content();
        boolean exact = content.remaining() == LENGTH && content.getInt(LENGTH - 5) == 0x12345678;
        trial.output.clear();
        return exact && trial.output.isEmpty();
    }
}
