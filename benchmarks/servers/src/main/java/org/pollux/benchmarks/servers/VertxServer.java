package org.pollux.benchmarks.servers;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** Vert.x on its native transport: one event loop, one verticle. */
public final class VertxServer extends AbstractVerticle {

    private static final CharSequence SERVER = HttpHeaders.createOptimized("vert.x");
    private static final Buffer HELLO = Buffer.buffer(Answers.hello());
    private static final Buffer MEBIBYTE = Buffer.buffer(Answers.mebibyte());

    private final int port;
    private CharSequence date = HttpHeaders.createOptimized(Answers.date());

    private VertxServer(int port) {
        this.port = port;
    }

    /** Argument: the port. */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            System.err.println("Vert.x has no native transport here, and uses NIO: "
                    + vertx.unavailableNativeTransportCause());
        }
        vertx.deployVerticle(new VertxServer(Integer.parseInt(args[0])), new DeploymentOptions())
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public void start() {
        vertx.setPeriodic(1000, timer -> date = HttpHeaders.createOptimized(Answers.date()));
        listen(new HttpServerOptions(), port);
        if (Tls.isWanted()) {
            HttpServerOptions secure = new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setSslEngineOptions(new OpenSSLEngineOptions())
                    .setKeyCertOptions(
                            new PemKeyCertOptions().setCertPath(Tls.FILE).setKeyPath(Tls.FILE));
            listen(secure, Tls.port(port));
        }
    }

    private void listen(HttpServerOptions options, int at) {
        vertx.createHttpServer(options.setAcceptBacklog(4096).setMaxWebSocketMessageSize(Answers.LONGEST_MESSAGE))
                .requestHandler(this::answer)
                .webSocketHandler(socket -> socket.binaryMessageHandler(socket::writeBinaryMessage))
                .listen(at, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case Answers.PLAINTEXT -> answer(request, Answers.TEXT, HELLO);
            case Answers.JSON -> answer(request, Answers.OBJECT, Buffer.buffer(Answers.json()));
            case Answers.MEBIBYTE -> answer(request, Answers.OCTETS, MEBIBYTE);
            case Answers.UPLOAD -> count(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void answer(HttpServerRequest request, String type, Buffer body) {
        request.response()
                .putHeader(HttpHeaders.SERVER, SERVER)
                .putHeader(HttpHeaders.DATE, date)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }

    private void count(HttpServerRequest request) {
        long[] received = {0};
        request.handler(piece -> received[0] += piece.length())
                .endHandler(end -> answer(request, Answers.TEXT, Buffer.buffer(Answers.count(received[0]))));
    }
}
