package org.pollux.reactor.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.pollux.reactor.spi.Handover;
import org.pollux.reactor.spi.base.Errno;

/**
 * The inbound half of a stream. Its first receive ends with the first bytes, all later ones continue.
 *
 * <pre>
 *   IDLE ──interest in READ──▶ RECEIVING ──too much is ahead──▶ ENDING ──cancelled──▶ BEHIND
 *    ▲ ▲                          │   │                                               ▲   │
 *    │ └──first bytes, or the end─┘   └──────────────no buffer was left───────────────┘   │
 *    └────────────────a read has taken all that the system has────────────────────────────┘
 * </pre>
 *
 * <p>BEHIND means that the system may have bytes behind those that are ahead: the source is told, and its read asks the system.
 */
final class UringInput {

    /** So many buffers are received ahead, before the receive is ended. */
    private static final int AHEAD = 16;

    /** The same while the source does not read. */
    private static final int AHEAD_UNREAD = 2;

    private final UringStream stream;
    private final Equipment equipment;
    private final SocketChannel socket;
    private final Received received;

    /** Of the receive under way; 0 for none. */
    private long receive;

    /** It has received something before. Until then it may end with its first bytes, and there is nothing to cancel. */
    private boolean lasting;

    private boolean ending;
    private boolean behind;

    /** The peer's FIN comes behind the bytes that are ahead. */
    private boolean ended;

    UringInput(UringStream stream, SocketChannel socket) {
        this.stream = stream;
        this.equipment = stream.equipment;
        this.socket = socket;
        this.received = new Received(equipment.buffers());
    }

    void submit(Ring ring, boolean wanted) throws IOException {
        if (receive != 0) {
            if (!ending && received.count() >= (wanted ? AHEAD : AHEAD_UNREAD)) {
                ending = true;
                equipment.operations().cancel(receive);
            }
        } else if (wanted && received.isEmpty() && !behind && !ended) {
            if (!equipment.operations().mayReceive()) {
                stream.attend(); // in the next turn
                return;
            }
            receive = equipment.operations().begin(stream.descriptor);
            if (lasting) {
                ring.receive(stream.descriptor, receive);
            } else {
                ring.receiveOnce(stream.descriptor, receive);
            }
        }
    }

    boolean is(long id) {
        return receive != 0 && receive == id;
    }

    void completed(int result, int flags) {
        if ((flags & Flags.CQE_MORE) == 0) {
            receive = 0;
            ending = false;
        }
        if (result > 0) {
            lasting = true;
            received.append(ReceiveBuffers.number(flags), result);
            return;
        }
        equipment.buffers().giveBack(flags);
        switch (-result) {
            case 0 -> ended = true;
            case Refusal.ENOBUFS -> {
                equipment.buffers().grow();
                behind = true;
            }
            case Refusal.ECANCELED, Errno.EINTR -> behind = true;
            default -> {
                if (result == -Errno.EAGAIN) {
                    behind = true;
                } else {
                    stream.broken(Errno.receiveFailure(-result));
                }
            }
        }
    }

    boolean isAhead() {
        return !received.isEmpty();
    }

    /** Whether a read may return something. */
    boolean isReady() {
        return isAhead() || ended || behind;
    }

    /** Reads the bytes that are ahead, and else those that the system has. */
    int read(ByteBuffer target) throws IOException {
        stream.attend();
        if (isAhead()) {
            return received.read(target);
        }
        return ended && target.hasRemaining() ? -1 : readNow(target);
    }

    private int readNow(ByteBuffer target) throws IOException {
        int room = target.remaining();
        try {
            int count = equipment.bytes().read(socket, stream.descriptor, target);
            behind = behind && count == room;
            ended = count < 0;
            return count;
        } catch (IOException e) {
            stream.brokenAndTold(e);
            throw e;
        }
    }

    void handOver(Handover to) {
        received.handOver(stream.source(), to);
    }

    void cancel() {
        if (receive != 0) {
            equipment.operations().cancel(receive);
            receive = 0;
        }
    }

    void forgetRing() {
        receive = 0;
        ending = false;
    }

    void clear() {
        received.clear();
    }
}
