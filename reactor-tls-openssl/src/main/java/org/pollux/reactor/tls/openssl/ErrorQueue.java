package org.pollux.reactor.tls.openssl;

import java.util.StringJoiner;

/** OpenSSL's errors of the current thread. They stay in their queue until they are read, so it is cleared before calls that may fail. */
final class ErrorQueue {

    /** {@code ERR_REASON_MASK} of {@code openssl/err.h}. */
    private static final long REASON = 0x7FFFFF;

    private ErrorQueue() {}

    static void clear() {
        if (Crypto.ERR_PEEK_ERROR.call() != 0) { // clearing an empty queue costs more than looking at it
            Crypto.ERR_CLEAR_ERROR.call();
        }
    }

    /** The number of the oldest error, which is the cause of the others, within its library; 0 when there is none. */
    static int firstReason() {
        return (int) (Crypto.ERR_PEEK_ERROR.call() & REASON);
    }

    /** Takes all errors, for people: {@code "certificate verify failed"}. */
    static String take() {
        StringJoiner text = new StringJoiner(", ").setEmptyValue("no reason given");
        for (long code = next(); code != 0; code = next()) {
            text.add(describe(code));
        }
        return text.toString();
    }

    private static long next() {
        return Crypto.ERR_GET_ERROR.call();
    }

    private static String describe(long code) {
        long reason = Crypto.ERR_REASON_ERROR_STRING.call(code);
        return reason == 0 ? "error 0x" + Long.toHexString(code) : Memory.string(reason);
    }

    /** The result of a call that returns a pointer, or 0 when there is no memory or an argument is wrong. */
    static long nonNull(long pointer, String what) {
        if (pointer == 0) {
            throw new IllegalStateException("OpenSSL has no " + what + ": " + take());
        }
        return pointer;
    }

    /** Checks the result of a call that returns 1 when all is well. */
    static void check(long result, String what) {
        if (result != 1) {
            throw new IllegalStateException("OpenSSL refuses " + what + ": " + take());
        }
    }
}
