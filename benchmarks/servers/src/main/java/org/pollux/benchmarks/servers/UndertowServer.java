package org.pollux.benchmarks.servers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.xnio.ChannelListener;
import org.xnio.Options;
import org.xnio.Pooled;
import org.xnio.channels.StreamSourceChannel;

/** Undertow: its handlers respond on the one I/O thread. */
final class UndertowServer {

    private static final ByteBuffer HELLO = direct(Answers.hello());
    private static final ByteBuffer MEBIBYTE = direct(Answers.mebibyte());

    private UndertowServer() {}

    /** Argument: the port. */
    public static void main(String[] args) throws SSLException {
        int port = Integer.parseInt(args[0]);
        Undertow.Builder builder = Undertow.builder();
        if (Tls.isWanted()) {
            builder.addHttpsListener(Tls.port(port), "127.0.0.1", Tls.jdk());
        }
        builder.addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setSocketOption(Options.BACKLOG, 4096)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(Handlers.path()
                        .addExactPath(Answers.PLAINTEXT, exchange -> answer(exchange, Answers.TEXT, HELLO.duplicate()))
                        .addExactPath(
                                Answers.JSON,
                                exchange -> answer(exchange, Answers.OBJECT, ByteBuffer.wrap(Answers.json())))
                        .addExactPath(
                                Answers.MEBIBYTE, exchange -> answer(exchange, Answers.OCTETS, MEBIBYTE.duplicate()))
                        .addExactPath(Answers.UPLOAD, UndertowServer::count)
                        .addExactPath(Answers.ECHO, Handlers.websocket((exchange, channel) -> echo(channel))))
                .build()
                .start();
    }

    private static ByteBuffer direct(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
    }

    private static void answer(HttpServerExchange exchange, String type, ByteBuffer body) {
        exchange.getResponseHeaders().put(Headers.SERVER, "Undertow").put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(body);
    }

    private static void echo(WebSocketChannel channel) {
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            @SuppressWarnings("deprecation") // it has no other way to a message
            protected void onFullBinaryMessage(WebSocketChannel from, BufferedBinaryMessage message) {
                Pooled<ByteBuffer[]> data = message.getData();
                WebSockets.sendBinary(data.getResource(), from, new WebSocketCallback<>() {
                    @Override
                    public void complete(WebSocketChannel to, Void nothing) {
                        data.free();
                    }

                    @Override
                    public void onError(WebSocketChannel to, Void nothing, Throwable cause) {
                        data.free();
                    }
                });
            }
        });
        channel.resumeReceives();
    }

    private static void count(HttpServerExchange exchange) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, new Count(exchange));
    }

    /** Reads what has come into a buffer of the pool, and waits for more without a thread. */
    private static final class Count implements Runnable, ChannelListener<StreamSourceChannel> {

        private final HttpServerExchange exchange;
        private long received;

        Count(HttpServerExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void run() {
            StreamSourceChannel body = exchange.getRequestChannel();
            body.getReadSetter().set(this);
            handleEvent(body);
        }

        @Override
        public void handleEvent(StreamSourceChannel body) {
            try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
                ByteBuffer piece = pooled.getBuffer();
                int count = body.read(piece);
                while (count > 0) {
                    received += count;
                    count = body.read(piece.clear());
                }
                if (count == 0) {
                    body.resumeReads();
                } else {
                    answer(exchange, Answers.TEXT, ByteBuffer.wrap(Answers.count(received)));
                }
            } catch (IOException e) {
                exchange.endExchange();
            }
        }
    }
}
