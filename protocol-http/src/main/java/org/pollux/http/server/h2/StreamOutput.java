package org.pollux.http.server.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.frames.Flags;
import org.pollux.http.wire.frames.FrameType;
import org.pollux.http.wire.frames.FrameWriter;
import org.pollux.reactor.Reactor;

/**
 * The response of one stream on its way to the client. Its head leaves at once. Its body leaves at once as far as the windows
 * and the connection have room and no other stream waits; the rest waits here, and the {@link Scheduler} sends it in turns.
 *
 * <pre>
 *   IDLE ──head──▶ OPEN ──finish──▶ ENDING ──nothing waits any more──▶ ENDED
 *     └──────────── a whole response without a body ───────────────────▲
 *
 *   each of them ──drop──▶ DROPPED
 * </pre>
 *
 * <p>It is one file because it is one state machine.
 */
final class StreamOutput {

    /** What happens to a response. It is told on the loop. */
    interface Owner {

        /** Nothing of it waits any more, and its writer may continue. */
        void drained();

        /** All of it was handed to the connection. */
        void ended();

        /** A file cannot be read to the announced end. */
        void failed(IOException cause);

        /** Its client takes it too slowly. */
        void tooSlow();

        /** So many octets more wait here, or fewer. */
        boolean charge(long octets);

        Reactor reactor();
    }

    private enum State {
        IDLE,
        OPEN,
        ENDING,
        ENDED,
        DROPPED
    }

    /** Up to this size a body leaves together with its head. */
    private static final int SMALL = 8 * 1024;

    /** A write of this size is passed on as a whole when there is room at its beginning; the rest of a larger one is copied. */
    private static final int PASSED_ON = 64 * 1024;

    private static final Bytes NOTHING = new Bytes(0);

    private final Owner owner;
    private final Http2Loop loop;
    private final FrameOutput output;
    private final Scheduler scheduler;
    private final SendQueue queue = new SendQueue();
    private final SlowStreams.Watched slow = new Slow();
    private State state = State.IDLE;
    private int stream;
    private long window;
    private Priority priority = Priority.NONE;
    private boolean bodyless;
    private Bytes trailers = NOTHING;

    /** Whether it has a place in the scheduler, which alone changes this. */
    boolean scheduled;

    /** All octets of the body that were handed to the connection. */
    private long sent;

    StreamOutput(Owner owner, Http2Loop loop, FrameOutput output, Scheduler scheduler) {
        this.owner = owner;
        this.loop = loop;
        this.output = output;
        this.scheduler = scheduler;
    }

    /** What waits here, as the watch over slow clients sees it. */
    private final class Slow implements SlowStreams.Watched {

        @Override
        public boolean isAwaited() {
            return isWaiting();
        }

        @Override
        public long moved() {
            return sent;
        }

        @Override
        public void tooSlow() {
            owner.tooSlow();
        }
    }

    /** Begins with another stream. */
    void begin(int id, int initialWindow, Priority asked) {
        state = State.IDLE;
        stream = id;
        window = initialWindow;
        priority = asked;
        trailers = NOTHING;
        sent = 0;
    }

    int stream() {
        return stream;
    }

    Priority priority() {
        return priority;
    }

    void priority(Priority changed) {
        boolean waits = scheduler.remove(this);
        priority = changed;
        if (waits) {
            scheduler.add(this);
        }
    }

    /** Whether something waits. */
    boolean isWaiting() {
        return !queue.isEmpty();
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** Whether nothing was sent yet. */
    boolean isIdle() {
        return state == State.IDLE;
    }

    long waiting() {
        return queue.size();
    }

    long sent() {
        return sent;
    }

    // ---- the response

    /** Sends an interim response. */
    void inform(int status, Bytes fields) {
        Bytes block = loop.heads().interim(output.encoder(), status, fields);
        Bytes out = output.begin();
        FrameWriter.headers(out, stream, false, block, output.mostFrame());
        output.send(out);
    }

    /** Sends a whole response; nothing is allocated when its body is small and there is room for it. */
    void send(OutgoingResponse response, byte[] body) {
        if (leavesWithHead(response, body.length)) {
            Bytes out = head(response, body.length);
            sendWhole(bodyless ? out : out.add(body), body.length);
        } else {
            send(response, ByteBuffer.wrap(body));
        }
    }

    /** Sends a whole response whose body is the rest of a buffer, which is read to its limit. */
    void send(OutgoingResponse response, ByteBuffer body) {
        int length = body.remaining();
        if (leavesWithHead(response, length)) {
            Bytes out = head(response, length);
            if (!bodyless) {
                out.add(body);
            }
            body.position(body.limit());
            sendWhole(out, length);
        } else {
            begin(response, length);
            boolean _ = write(body);
            finish(NOTHING);
        }
    }

    /** Whether head and body are one write: there is no body, or a small one for which there is room. */
    private boolean leavesWithHead(OutgoingResponse response, int length) {
        return response.isBodyless() || length <= Math.min(SMALL, room());
    }

    /** The head, and the header of the frame with the body, if there is one. */
    private Bytes head(OutgoingResponse response, int length) {
        Bytes block = loop.heads().head(output.encoder(), response, length);
        bodyless = response.isBodyless() || length == 0;
        Bytes out = output.begin();
        FrameWriter.headers(out, stream, bodyless, block, output.mostFrame());
        if (!bodyless) {
            FrameWriter.header(out, length, FrameType.DATA, Flags.END_STREAM, stream);
        }
        return out;
    }

    private void sendWhole(Bytes out, int length) {
        if (!bodyless) {
            count(length);
        }
        output.send(out);
        end();
    }

    /** Sends the head of a response whose body comes in pieces. */
    void begin(OutgoingResponse response, long length) {
        Bytes block = loop.heads().head(output.encoder(), response, length);
        bodyless = response.isBodyless();
        state = State.OPEN;
        Bytes out = output.begin();
        FrameWriter.headers(out, stream, bodyless, block, output.mostFrame());
        output.send(out);
    }

    /** Sends a piece, or lets it wait. False when the writer must also wait. */
    boolean write(ByteBuffer data) {
        if (state == State.DROPPED) {
            data.position(data.limit());
            return false;
        }
        long room = Math.min(room(), PASSED_ON);
        while (data.hasRemaining() && room > 0) {
            int length = (int) Math.min(Math.min(data.remaining(), output.mostFrame()), room);
            ByteBuffer piece = data.slice(data.position(), length);
            data.position(data.position() + length);
            frame(piece, Flags.NONE);
            room -= length;
        }
        if (data.hasRemaining()) {
            boolean _ = owner.charge(data.remaining());
            queue.add(data);
            await();
            scheduler.run();
        }
        return !isWaiting() && !output.isFull();
    }

    /** Lets a part of a file wait, and sends of it what can be sent. False when the writer must wait. */
    boolean transfer(FileChannel file, long from, long count) {
        if (state == State.DROPPED) {
            return false;
        }
        queue.add(file, from, count);
        await();
        scheduler.run();
        return !isWaiting() && !output.isFull() && state != State.DROPPED;
    }

    private void await() {
        loop.slowStreams().watch(slow, owner.reactor());
        if (window > 0) {
            scheduler.add(this);
        }
    }

    /** The octets that may leave at once; 0 when others wait, or the connection is full. */
    private long room() {
        if (isWaiting() || output.isFull() || !scheduler.isEmpty()) {
            return 0;
        }
        return Math.min(window, output.window());
    }

    private void count(int length) {
        window -= length;
        sent += length;
        output.sent(length);
    }

    private void frame(ByteBuffer piece, int flags) {
        int length = piece.remaining();
        Bytes out = output.begin();
        FrameWriter.header(out, length, FrameType.DATA, flags, stream);
        count(length);
        if (length <= SMALL) {
            output.send(out.add(piece));
        } else {
            output.send(out);
            output.write(piece);
        }
    }

    /** The body is complete; these fields follow it. */
    void finish(Bytes fields) {
        if (state == State.DROPPED) {
            return;
        }
        if (bodyless) {
            end();
            return;
        }
        state = State.ENDING;
        trailers = fields;
        if (!isWaiting()) {
            sendEnd();
        } else if (fields.size() > 0) {
            trailers = new Bytes(fields.size()).add(fields); // the caller's change
        }
    }

    private void sendEnd() {
        Bytes out = output.begin();
        if (trailers.size() > 0) {
            Bytes block = loop.heads().trailers(output.encoder(), trailers);
            FrameWriter.headers(out, stream, true, block, output.mostFrame());
        } else {
            FrameWriter.header(out, 0, FrameType.DATA, Flags.END_STREAM, stream);
        }
        output.send(out);
        end();
    }

    private void end() {
        output.flush();
        state = State.ENDED;
        trailers = NOTHING;
        owner.ended();
    }

    // ---- what waits

    /** Called by the scheduler: sends a frame. Returns its length. */
    int sendFrame() {
        int most = (int) Math.min(Math.min(window, output.window()), output.mostFrame());
        ByteBuffer piece;
        try {
            piece = queue.peek(most, loop.fileBuffer());
        } catch (IOException e) {
            drop();
            owner.failed(e);
            return 0;
        }
        int length = piece.remaining();
        boolean last = state == State.ENDING && trailers.size() == 0 && length == queue.size();
        long before = queue.copied();
        frame(piece, last ? Flags.END_STREAM : Flags.NONE);
        queue.taken(length);
        boolean _ = owner.charge(queue.copied() - before);
        if (queue.isEmpty()) {
            loop.slowStreams().forget(slow);
            if (last) {
                end();
            } else if (state == State.ENDING) {
                sendEnd();
            }
        }
        return length;
    }

    /** Whether the scheduler may send more of it. */
    boolean maySend() {
        return isWaiting() && window > 0;
    }

    /** Called when the scheduler has sent a frame: the writer continues when nothing waits any more. */
    void tellDrained() {
        if (!isWaiting() && state != State.DROPPED) {
            owner.drained();
        }
    }

    /** The client takes more, or fewer. False when the window would be larger than it may be. */
    boolean widen(long increment) {
        window += increment;
        if (window > Integer.MAX_VALUE) {
            return false;
        }
        if (maySend()) {
            scheduler.add(this);
        } else {
            boolean _ = scheduler.remove(this); // a setting may narrow a window
        }
        return true;
    }

    /** Nothing of it is sent any more. */
    void drop() {
        boolean _ = scheduler.remove(this);
        loop.slowStreams().forget(slow);
        boolean _ = owner.charge(-queue.copied());
        queue.clear();
        state = State.DROPPED;
    }
}
