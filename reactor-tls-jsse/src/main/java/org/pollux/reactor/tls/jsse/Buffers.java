package org.pollux.reactor.tls.jsse;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The buffers in which sessions work: borrowed for one call, so that an idle session has none, and there are as many as
 * threads. A session below another one has its own meanwhile.
 */
final class Buffers {

    /** At least the JDK's size of a packet and of its content, which it checks. */
    private static final int RECORD = 18 * 1024;

    private static final int RECORDS_AT_ONCE = 4;

    private final Queue<Loan> free = new ConcurrentLinkedQueue<>();

    Loan borrow() {
        Loan loan = free.poll();
        return loan == null ? new Loan() : loan;
    }

    /** How many loans have come back. */
    int free() {
        return free.size();
    }

    /** Some buffers, for one call. */
    final class Loan implements AutoCloseable {

        /** For encrypted bytes that come. */
        final ByteBuffer in = ByteBuffer.allocate(RECORDS_AT_ONCE * RECORD);

        /** For the content of one record. */
        final ByteBuffer plain = ByteBuffer.allocate(RECORD);

        /** For encrypted bytes that go: 64 KiB of plain text. */
        final ByteBuffer out = ByteBuffer.allocate(RECORDS_AT_ONCE * RECORD);

        private Loan() {}

        @Override
        public void close() {
            free.add(this);
        }
    }
}
