package org.pollux.reactor.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * TLS on one stream.
 *
 * <pre>
 *   open ──▶ SHAKING ──▶ OPEN ──▶ output closed (closeNotify)
 *               │          │  └─▶ input ended   (read gives -1)       the two in any order
 *               └────┬─────┘
 *                 FAILED       the failure is thrown by every later call; flush still sends the alert
 *
 *   free, from every state ──▶ FREED
 * </pre>
 *
 * <p>It is used by one thread at a time, that of its loop, and waits for nothing. No method is called inside a call of the
 * {@link CipherStream}. The rules, continued from {@link TlsClientContext}:
 *
 * <p><b>The handshake</b>
 *
 * <ol>
 *   <li value="11"><b>T11 any pieces.</b> The bytes below may come in pieces of any size, from one byte to many records. What
 *       is read and written does not depend on them.
 *   <li value="12"><b>T12 steps.</b> {@link #handshake} goes on until it needs something, and says what. It is
 *       {@link Status#READ} only when the stream below gave 0, {@link Status#WRITE} only when that took less than all, and
 *       {@link Status#DONE} only when everything is sent. When a call returns READ or WRITE, another call without a change
 *       below returns the same.
 *   <li value="13"><b>T13 expensive steps.</b> A server's session returns {@link Status#KEY} once before it uses its private
 *       key. The next call does so. A session that is never called again has cost no private-key operation. Other expensive
 *       steps may return it too, each once.
 *   <li value="14"><b>T14 nothing earlier.</b> {@link #read}, {@link #write} and {@link #info} before DONE are
 *       refused with {@link IllegalStateException}.
 * </ol>
 *
 * <p><b>Reading and writing</b>
 *
 * <ol>
 *   <li value="15"><b>T15 reading.</b> {@link #read} behaves as {@code Registration.read} does (P19): it moves what there is,
 *       up to the room in the buffer; 0 when there is nothing or no room, -1 when the peer has ended its output with
 *       close_notify, after all data, and from then on. Heap and direct buffers, any position and limit. Bytes outside of what
 *       it returned are not touched.
 *   <li value="16"><b>T16 what waits above.</b> {@link #hasPlain} is true when a read may give bytes or an end without the
 *       stream below. After a read that returned 0 although there was room, it is false. Bytes that came with the last
 *       message of the handshake count.
 *   <li value="17"><b>T17 writing.</b> {@link #write} behaves as {@code Registration.write} does (P20): it takes bytes in order
 *       from the buffers of the range, moves their positions by the bytes taken, and returns their number. It touches no
 *       buffer outside the range. It takes nothing while encrypted bytes wait. So at most {@value #WRITE_AHEAD} bytes of plain
 *       text are taken that the stream below has not. For no bytes it writes nothing.
 *   <li value="18"><b>T18 what waits below.</b> Encrypted bytes that the stream below does not take are kept, in order;
 *       {@link #unsent} says how many, and {@link #flush} tries again, as every write does first. Any call may leave some, also
 *       a read that must respond to the peer.
 *   <li value="19"><b>T19 records.</b> Records without content are read over. A peer that sends only such ones, or that asks for
 *       responses and does not read them, is failed with {@link TlsException.Reason#PROTOCOL}, so that the session's memory is
 *       bounded.
 *   <li value="20"><b>T20 later messages.</b> A key update of TLS 1.3 is followed. A renegotiation of TLS 1.2 is refused: there
 *       is no second handshake.
 * </ol>
 *
 * <p><b>The end</b>
 *
 * <ol>
 *   <li value="21"><b>T21 close_notify.</b> {@link #closeNotify} sends it, after everything that was written; once. Reading goes
 *       on until the peer has ended its output too. A write afterwards is refused with {@link IllegalStateException}. While the
 *       handshake is under way, it gives that up: an alert may be sent, no more. After the peer's close_notify, TLS 1.3 still
 *       writes; with TLS 1.2 a write may fail with {@link TlsException.Reason#CLOSED}.
 *   <li value="22"><b>T22 truncation.</b> The end of the stream below without close_notify fails with
 *       {@link TlsException.Reason#TRUNCATED}, after all data that was complete; also while the handshake is under way.
 *   <li value="23"><b>T23 failures.</b> The {@link TlsException} has the precise reason. The alert for the peer is written below,
 *       as far as that takes it; {@link #flush} sends the rest. Every later handshake, read and write throws the same reason. A
 *       fatal alert of the peer fails with the reason that it tells.
 *   <li value="24"><b>T24 exceptions of others.</b> An exception of the stream below passes unchanged and is not a failure of the
 *       session. An exception of {@link TlsServerSettings#alpn} fails the handshake with {@link TlsException.Reason#INTERNAL}.
 *   <li value="25"><b>T25 free.</b> {@link #free} releases everything, in every state, and sends nothing. Freeing twice is
 *       harmless; any other use afterwards is refused with {@link IllegalStateException}.
 *   <li value="26"><b>T26 detaching.</b> A session that is OPEN, of an engine with a {@link TlsEngine#sessionForm}, can be
 *       detached at any moment between two calls. All of its state goes over: unread and unsent bytes, an end that was seen or
 *       sent. The object counts as freed.
 *   <li value="27"><b>T27 memory.</b> Between two calls a session holds buffers only for bytes that wait: an idle one holds
 *       none.
 * </ol>
 */
@ConsumerType
public interface TlsSession {

    /** The most plain text that a session takes before the stream below has taken it, in bytes. */
    int WRITE_AHEAD = 65_536;

    /** What a handshake needs to go on. */
    enum Status {
        /** It is done: {@code read} and {@code write} may be called. Look at {@link TlsSession#hasPlain}. */
        DONE,
        /** The stream below must have bytes. */
        READ,
        /** The stream below must take bytes. */
        WRITE,
        /** Time: the next call uses a private key, or does something that costs as much. */
        KEY
    }

    /**
     * Goes on with the handshake as far as it can (T12). Harmless when it is done.
     *
     * @throws TlsException when it has failed (T22, T23)
     * @throws IOException of the stream below
     */
    Status handshake() throws IOException;

    /**
     * Reads and decrypts (T15).
     *
     * @return bytes read; 0 when there are none now; -1 when the peer has ended its output
     * @throws TlsException when the peer breaks the protocol (T23), or the stream below ended before it (T22)
     * @throws IOException of the stream below
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Encrypts and writes (T17).
     *
     * @param from index of the first buffer
     * @param count how many buffers
     * @return bytes taken: those that the stream below took, and at most {@value #WRITE_AHEAD} more
     * @throws IOException of the stream below; bytes may have been taken, as the positions say
     */
    long write(ByteBuffer[] data, int from, int count) throws IOException;

    /** Whether a read may give something although the stream below has nothing (T16). */
    boolean hasPlain();

    /** How many encrypted bytes wait for the stream below (T18). */
    int unsent();

    /**
     * Gives the stream below what waits for it (T18). Does nothing when nothing does. Also after a failure.
     *
     * @throws IOException of the stream below
     */
    void flush() throws IOException;

    /**
     * Ends the output (T21). Harmless when repeated, and after a failure. {@link #unsent} says whether it is sent.
     *
     * @throws IOException of the stream below
     */
    void closeNotify() throws IOException;

    /** What was negotiated; the same from DONE on. */
    TlsInfo info();

    /**
     * Gives the session away, to be {@linkplain TlsContext#adopt adopted} by the next version of the engine (T26). Nothing
     * else frees it. So call it when the next version is there: sessions work while their own version is gone.
     *
     * @return empty, and nothing has changed, when it cannot be detached
     */
    default OptionalLong detach() {
        return OptionalLong.empty();
    }

    /** Releases everything (T25). Called once the stream below is not to be written to again. */
    void free();
}
