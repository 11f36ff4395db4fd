package org.pollux.http.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pollux.reactor.Connection;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.Key;
import org.pollux.reactor.Protocol;

/** A connection without a socket: a test presents what a client sends, and reads what was written. */
public final class HandConnection implements Connection {

    private final HandReactor reactor;
    private ConnectionHandler handler;
    private final InetSocketAddress remote;
    private final Map<Key<?>, Object> attributes = new HashMap<>();

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] unread = {};
    private boolean paused;
    private boolean finWaits;
    private boolean blocked;
    private boolean owesDrained;
    private long pending;
    private long charged;
    private int highWater;
    private int writes;
    private int transfers;
    private boolean closed;
    private boolean aborted;
    private boolean lingers = true;
    private Duration idle = Duration.ZERO;

    public HandConnection(HandReactor reactor, Protocol protocol) {
        this(reactor, protocol, InetSocketAddress.createUnresolved("client", 40000));
    }

    public HandConnection(HandReactor reactor, Protocol protocol, InetSocketAddress remote) {
        this.reactor = reactor;
        this.remote = remote;
        this.handler = protocol.open(this);
        handler.onOpen(this);
    }

    // ---- the client's side

    /** The client sends a text, a byte for each char. */
    public HandConnection receive(String text) {
        return receive(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public HandConnection receive(byte[] bytes) {
        byte[] all = new byte[unread.length + bytes.length];
        System.arraycopy(unread, 0, all, 0, unread.length);
        System.arraycopy(bytes, 0, all, unread.length, bytes.length);
        unread = all;
        present();
        return this;
    }

    /** The client sends a FIN. */
    public HandConnection receiveEnd() {
        finWaits = true;
        present();
        return this;
    }

    private void present() {
        boolean more = true;
        while (more && unread.length > 0 && !paused && isOpen()) {
            ByteBuffer inbound = reactor.inbound();
            int count = Math.min(unread.length, inbound.remaining());
            handler.onData(this, inbound.put(unread, 0, count).flip());
            more = unread.length > count && inbound.position() > 0;
            unread = Arrays.copyOfRange(unread, inbound.position(), unread.length);
        }
        if (finWaits && !paused && isOpen()) {
            finWaits = false;
            handler.onInputClosed(this);
        }
    }

    /** The client stops reading: what is written waits. */
    public HandConnection block() {
        blocked = true;
        return this;
    }

    /** The client reads again, all that waits. */
    public HandConnection drain() {
        blocked = false;
        pending = 0;
        if (owesDrained && isOpen()) {
            owesDrained = false;
            handler.onDrained(this);
        }
        reactor.turn();
        return this;
    }

    /** So many bytes does its handler say that it keeps. */
    public long charged() {
        return charged;
    }

    @Override
    public boolean charge(long bytes) {
        charged += bytes;
        return true;
    }

    /** The client reads so many of the bytes that wait. */
    public void takes(int bytes) {
        pending -= bytes;
    }

    public HandConnection timeOut() {
        handler.onTimeout(this);
        return this;
    }

    public HandConnection shutDown() {
        handler.onShutdown(this);
        return this;
    }

    /** The client resets the connection. */
    public HandConnection lose() {
        closed = true;
        handler.onClosed(this, new IOException("Connection reset"));
        return this;
    }

    /** What was written since the last call. */
    public String takeSent() {
        String text = sent.toString(StandardCharsets.ISO_8859_1);
        sent.reset();
        return text;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Whether it waits for the client's FIN when it is closed. */
    public boolean lingers() {
        return lingers;
    }

    public boolean isAborted() {
        return aborted;
    }

    public boolean isPaused() {
        return paused;
    }

    public int writes() {
        return writes;
    }

    /** How many parts of files were taken. */
    public int transfers() {
        return transfers;
    }

    public int unreadBytes() {
        return unread.length;
    }

    public Duration idle() {
        return idle;
    }

    // ---- Connection

    @Override
    public HandReactor reactor() {
        return reactor;
    }

    @Override
    public Connection handler(ConnectionHandler next) {
        handler = next;
        reactor.execute(this::present);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // it was set under the key's own type
    public <T> @Nullable T attribute(Key<T> key) {
        return (T) attributes.get(key);
    }

    @Override
    public <T> Connection attribute(Key<T> key, @Nullable T value) {
        if (value == null) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
        return this;
    }

    @Override
    public SocketAddress local() {
        return InetSocketAddress.createUnresolved("server", 80);
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }

    @Override
    public boolean write(ByteBuffer data) {
        if (!isOpen()) {
            data.position(data.limit());
            return false;
        }
        writes++;
        pending += blocked ? data.remaining() : 0;
        while (data.hasRemaining()) {
            sent.write(data.get());
        }
        boolean room = pending <= highWater;
        owesDrained |= !room;
        return room;
    }

    @Override
    public boolean transfer(FileChannel file, long from, long count) {
        ByteBuffer part = ByteBuffer.allocate((int) count);
        try {
            if (file.read(part, from) < count) {
                abort();
                reactor.execute(() -> handler.onClosed(this, new IOException("The file is too short")));
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transfers++;
        boolean _ = write(part.flip());
        owesDrained |= blocked;
        return !blocked && isOpen();
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public long unsent() {
        return closed ? pending : 0;
    }

    @Override
    public Connection watermarks(int low, int high) {
        highWater = high;
        return this;
    }

    @Override
    public Connection idleTimeout(Duration duration) {
        idle = duration;
        return this;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        reactor.execute(this::present);
    }

    @Override
    public boolean isReadingPaused() {
        return paused;
    }

    @Override
    public void closeOutput() {
        throw new AssertionError("HTTP closes both directions");
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void closeWithoutLinger() {
        closed = true;
        lingers = false;
    }

    @Override
    public void abort() {
        closed = true;
        aborted = true;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }
}
