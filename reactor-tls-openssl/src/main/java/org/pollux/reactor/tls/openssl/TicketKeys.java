package org.pollux.reactor.tls.openssl;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.pollux.reactor.tls.TicketKey;

/** Encrypts and decrypts tickets for OpenSSL, which asks for the key by a callback. So the keys can be replaced at any time. */
final class TicketKeys {

    private static final int NAME = 16;
    private static final int SECRET = 32;
    private static final int IV = 16;

    // values of openssl/params.h, and the layout of an OSSL_PARAM
    private static final int UTF8_STRING = 4;
    private static final int OCTET_STRING = 5;
    private static final int PARAM = 40;
    private static final long UNMODIFIED = -1;

    /** What the callback returns. */
    private static final int UNKNOWN = 0;

    private static final int KNOWN = 1;

    /** Known, and the client is to get another ticket. */
    private static final int RENEW = 2;

    /**
     * A key in native memory.
     *
     * @param name address of its 16 bytes
     * @param aes address of the key of the cipher
     * @param mac address of the parameters of the MAC
     */
    private record Native(long name, long aes, long mac) {}

    private final Upcalls memory;
    private final List<Native> keys = new ArrayList<>();

    /** The first key encrypts, all of them decrypt. */
    TicketKeys(List<TicketKey> keys, Upcalls memory) {
        this.memory = memory;
        for (TicketKey key : keys) {
            this.keys.add(copy(key.octets()));
        }
    }

    private Native copy(byte[] octets) {
        MemorySegment copy = memory.allocate(octets.length);
        Memory.copy(octets, copy.address());
        long hmac = copy.address() + NAME;
        return new Native(copy.address(), hmac + SECRET, macParameters(hmac));
    }

    /** {@code {"key", hmac}, {"digest", "SHA256"}, end}. */
    private long macParameters(long hmac) {
        MemorySegment parameters = memory.allocate(3 * PARAM);
        put(parameters.address(), "key", OCTET_STRING, hmac, SECRET);
        put(parameters.address() + PARAM, "digest", UTF8_STRING, memory.string("SHA256"), "SHA256".length());
        return parameters.address();
    }

    private void put(long parameter, String name, int type, long data, long size) {
        Memory.putLong(parameter, memory.string(name));
        Memory.putInt(parameter + 8, type);
        Memory.putLong(parameter + 16, data);
        Memory.putLong(parameter + 24, size);
        Memory.putLong(parameter + 32, UNMODIFIED);
    }

    /** A ticket of TLS 1.3 is (RFC 8446 appendix C.4). */
    private static boolean isUsedOnce(long ssl) {
        return Ssl.VERSION.call(ssl) == SslCtx.TLS1_3;
    }

    /**
     * {@code SSL_CTX_set_tlsext_ticket_key_evp_cb}.
     *
     * @param name where the key's name is, or goes
     * @param iv where the initialization vector is, or goes
     * @param encrypt 1 to encrypt, 0 to decrypt
     */
    @SuppressWarnings("unused") // by name
    int prepare(long ssl, long name, long iv, long cipher, long mac, int encrypt) {
        long algorithm = Crypto.EVP_AES_256_CBC.call();
        if (encrypt == 1) {
            Native key = keys.getFirst();
            Memory.copy(key.name, name, NAME);
            ErrorQueue.check(Crypto.RAND_BYTES.call(iv, IV), "random bytes");
            ErrorQueue.check(Crypto.EVP_ENCRYPT_INIT_EX.call(cipher, algorithm, 0, key.aes, iv), "a ticket's cipher");
            ErrorQueue.check(Crypto.EVP_MAC_CTX_SET_PARAMS.call(mac, key.mac), "a ticket's MAC");
            return KNOWN;
        }
        for (int i = 0; i < keys.size(); i++) {
            Native key = keys.get(i);
            if (Memory.equal(key.name, name, NAME)) {
                ErrorQueue.check(Crypto.EVP_MAC_CTX_SET_PARAMS.call(mac, key.mac), "a ticket's MAC");
                ErrorQueue.check(
                        Crypto.EVP_DECRYPT_INIT_EX.call(cipher, algorithm, 0, key.aes, iv), "a ticket's cipher");
                return i == 0 && !isUsedOnce(ssl) ? KNOWN : RENEW;
            }
        }
        return UNKNOWN;
    }
}
