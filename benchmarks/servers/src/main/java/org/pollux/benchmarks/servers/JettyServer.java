package org.pollux.benchmarks.servers;

import java.nio.ByteBuffer;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty without servlets: one selector, which accepts too, and a handler that it may call itself. */
final class JettyServer extends Handler.Abstract.NonBlocking {

    private static final ByteBuffer HELLO = direct(Answers.hello());
    private static final ByteBuffer MEBIBYTE = direct(Answers.mebibyte());

    /** Argument: the port. */
    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool(4, 4));
        HttpConfiguration http = new HttpConfiguration(); // with Server and Date
        int port = Integer.parseInt(args[0]);
        listen(server, port, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        if (Tls.isWanted()) {
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setSslContext(Tls.jdk());
            HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
            listen(server, Tls.port(port), new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2);
        }
        WebSocketUpgradeHandler webSockets = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxBinaryMessageSize(Answers.LONGEST_MESSAGE);
            container.addMapping(Answers.ECHO, (request, response, callback) -> new JettyEcho());
        });
        webSockets.setHandler(new JettyServer());
        server.setHandler(webSockets);
        server.start();
    }

    private static void listen(Server server, int port, ConnectionFactory... protocols) {
        ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, protocols);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
    }

    private static ByteBuffer direct(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (request.getHttpURI().getPath()) {
            case Answers.PLAINTEXT -> answer(response, callback, Answers.TEXT, HELLO.duplicate());
            case Answers.JSON -> answer(response, callback, Answers.OBJECT, ByteBuffer.wrap(Answers.json()));
            case Answers.MEBIBYTE -> answer(response, callback, Answers.OCTETS, MEBIBYTE.duplicate());
            case Answers.UPLOAD -> new Count(request, response, callback).run();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void answer(Response response, Callback callback, String type, ByteBuffer body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type).put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body, callback);
    }

    /** Reads what has come, and waits for more without a thread. */
    private static final class Count implements Runnable {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private long received;

        Count(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                received += chunk.remaining();
                boolean last = chunk.isLast();
                chunk.release();
                if (last) {
                    answer(response, callback, Answers.TEXT, ByteBuffer.wrap(Answers.count(received)));
                    return;
                }
            }
            request.demand(this);
        }
    }
}
