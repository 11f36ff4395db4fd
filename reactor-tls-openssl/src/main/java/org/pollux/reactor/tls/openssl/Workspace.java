package org.pollux.reactor.tls.openssl;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffers and the two BIOs that all sessions of a thread have in common, so that an idle session has none of its own. Between
 * two calls of sessions they hold nothing.
 */
final class Workspace extends Shared {

    /** Encrypted bytes that one call takes from the stream below. */
    static final int CIPHER = 65_536;

    /** The largest record, and more than most writes. */
    static final int PLAIN = 16_384;

    final Thread thread = Thread.currentThread();

    final InputBio input = new InputBio();
    final OutputBio output = new OutputBio();

    /** What came from the stream below; the input's bytes are here. */
    final ByteBuffer cipher = ByteBuffer.allocateDirect(CIPHER);

    final long cipherAddress = Memory.address(cipher);

    /** For plain text whose buffer OpenSSL cannot reach, and for small pieces that become one record. */
    final ByteBuffer plain = ByteBuffer.allocateDirect(PLAIN);

    final long plainAddress = Memory.address(plain);

    /** An array for the stream below. */
    final ByteBuffer[] one = new ByteBuffer[1];

    /** The session that is inside a call: its callbacks find it here. */
    @Nullable
    OpenSslSession active;

    /** Plain text goes to this one. */
    final LastBuffer target = new LastBuffer();

    /** Plain text comes from this one. */
    final LastBuffer source = new LastBuffer();

    /** Lets a session read from here and write to here. */
    void attach(long ssl) {
        Crypto.BIO_UP_REF.call(input.bio);
        Ssl.SET0_RBIO.call(ssl, input.bio);
        Crypto.BIO_UP_REF.call(output.bio);
        Ssl.SET0_WBIO.call(ssl, output.bio);
    }

    @Override
    protected void free() {
        Crypto.BIO_FREE.call(input.bio);
        Crypto.BIO_FREE.call(output.bio);
    }
}
