package org.pollux.http.server.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.exchange.Carrier;
import org.pollux.http.server.exchange.Exchange;
import org.pollux.http.server.exchange.OutgoingResponse;
import org.pollux.http.server.routing.Route;
import org.pollux.http.server.routing.Routing;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.wire.Bytes;
import org.pollux.http.wire.FieldLines;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.tls.TlsInfo;

/**
 * One exchange on its way through a {@link MemoryConnection}, which carries others beside it.
 *
 * <pre>
 *   serve ──▶ CARRIED ── complete ──▶ nothing is left of the exchange; what still comes of its body is thrown away
 *                │
 *                ├────── complete, while the client does not read ──▶ LEAVING, until it does or is gone
 *                │
 *                └────── abort, cancel, gone ──▶ the client sees a cut
 * </pre>
 */
class MemoryStream extends MemoryAsked implements Carrier {

    private final MemoryConnection connection;
    private final HeadLayout layout = new HeadLayout();
    private @Nullable Exchange exchange;
    private @Nullable Exchange leaving;
    private byte[] unread = {};
    private boolean bodyless;
    private boolean owesDrained;

    MemoryStream(MemoryConnection connection, Ask request) {
        super(request);
        this.connection = connection;
    }

    private MemoryWire wire() {
        return connection.wire();
    }

    // ---- the request

    final void serve() {
        ByteBuffer in = MemoryHead.write(request(), layout);
        Routing routes = wire().routes().current();
        boolean tooLong = request().length() > wire().loop().settings().body().most();
        Route route = tooLong ? routes.refusal(413) : routes.find(layout, in);
        wire().loop().enterCallback();
        Exchange begun = wire().loop().spare();
        exchange = begun;
        begun.begin(this, in, layout, route);
        begun.call();
        take();
        if (exchange == begun) {
            begun.outlive();
        }
    }

    @Override
    void arrives(byte[] piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(unread);
        all.writeBytes(piece);
        unread = all.toByteArray();
        take();
    }

    @Override
    void arrivesEnd(FieldLines trailers) {
        if (exchange != null) {
            exchange.body().end(unread.length, trailers);
            take();
        }
    }

    final boolean isTaking() {
        Exchange current = exchange;
        return current != null && current.body().isTaking();
    }

    private void take() {
        Exchange current = exchange;
        if (current != null && isTaking()) {
            wire().loop().enterCallback();
            ByteBuffer in = ByteBuffer.wrap(unread);
            unread = new byte[0];
            current.take(in);
            unread = new byte[in.remaining()];
            in.get(unread);
        }
    }

    @Override
    public void readOn() {
        take();
    }

    @Override
    public void inform(int status, Bytes fields) {
        String lines = text(fields);
        connection.send(this, 0, () -> seeInterim(status, lines));
    }

    // ---- the response

    @Override
    public void send(OutgoingResponse response, byte[] body) {
        send(response, ByteBuffer.wrap(body));
    }

    @Override
    public void send(OutgoingResponse response, ByteBuffer body) {
        begin(response, body.remaining());
        if (!bodyless && body.hasRemaining()) {
            boolean _ = write(body);
        }
        body.position(body.limit());
        finish(new Bytes(0));
    }

    @Override
    public void begin(OutgoingResponse response, long length) {
        bodyless = response.isBodyless();
        if (response.status() == 304) {
            response.removeMetadata();
        }
        StringBuilder lines =
                new StringBuilder("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n").append(text(response.fields()));
        if (length >= 0 && response.allowsLength()) {
            lines.append("Content-Length: ").append(length).append("\r\n");
        }
        int status = response.status();
        connection.send(this, 0, () -> seeHead(status, lines.toString()));
    }

    @Override
    public boolean write(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        connection.send(this, copy.length, () -> seeBody(copy));
        owesDrained |= !connection.hasRoom();
        return connection.hasRoom();
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        ByteBuffer part = ByteBuffer.allocate((int) count);
        try {
            if (file.read(part, from) < count) {
                execute(() -> abort(new IOException("The file is too short")));
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(part.flip());
    }

    @Override
    public void finish(Bytes trailers) {
        String lines = bodyless ? "" : text(trailers);
        connection.send(this, 0, () -> seeEnd(lines));
    }

    static String text(Bytes lines) {
        return StandardCharsets.ISO_8859_1.decode(lines.content()).toString();
    }

    /** The server ends. */
    void windUp() {
        Exchange current = exchange;
        if (current != null) {
            current.windUp();
        }
    }

    /** The client has read what has waited. */
    void drained() {
        Exchange before = leaving;
        if (before != null) {
            leaving = null;
            connection.ended(this);
            before.left();
        }
        Exchange current = exchange;
        if (owesDrained && current != null) {
            owesDrained = false;
            wire().loop().enterCallback();
            current.drained();
        }
    }

    // ---- the end

    @Override
    public boolean hasLeft() {
        return connection.waitingOf(this) == 0;
    }

    @Override
    public void complete() {
        Exchange current = exchange;
        if (current != null) {
            exchange = null;
            if (current.isLeaving()) {
                leaving = current;
            } else {
                connection.ended(this);
            }
            current.release();
        }
    }

    @Override
    public void abort(Throwable cause) {
        cut(cause);
    }

    @Override
    public void cancel() {
        cut(new IOException("The client has given up"));
    }

    /** The connection is lost. */
    void gone(Throwable cause) {
        cut(cause);
    }

    private void cut(Throwable cause) {
        Exchange current = exchange == null ? leaving : exchange;
        if (current != null) {
            exchange = null;
            leaving = null;
            long unsent = connection.waitingOf(this);
            connection.discard(this);
            connection.ended(this);
            seeCut();
            current.lost(cause, unsent);
        }
    }

    // ---- where it runs

    @Override
    public Reactor reactor() {
        return wire().reactor;
    }

    @Override
    public void execute(Runnable task) {
        wire().reactor.execute(() -> {
            boolean _ = wire().loop().enter();
            task.run();
        });
    }

    @Override
    public Optional<TlsInfo> tls() {
        return Optional.empty();
    }

    @Override
    public long connection() {
        return 1;
    }

    @Override
    public SocketAddress remote() {
        return InetSocketAddress.createUnresolved("client", 1);
    }

    @Override
    public SocketAddress local() {
        return InetSocketAddress.createUnresolved("server", 2);
    }

    @Override
    public boolean charge(long bytes) {
        connection.charge(bytes);
        return true;
    }

    @Override
    public long pending() {
        return connection.waiting();
    }
}
