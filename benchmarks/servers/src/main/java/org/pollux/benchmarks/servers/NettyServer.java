package org.pollux.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Netty with its HTTP codec, on its NIO or its epoll transport: one loop accepts and serves. */
final class NettyServer {

    private NettyServer() {}

    /**
     * Arguments: the port, and "nio" or "epoll"; then "websocket" for an echo of WebSocket too, or for TLS the provider, and a file with
     * the certificate and its key.
     */
    public static void main(String[] args) throws InterruptedException, SSLException {
        Optional<SslContext> tls = args.length > 3 ? Optional.of(tls(args[2], new File(args[3]))) : Optional.empty();
        boolean epoll = args[1].equals("epoll");
        boolean webSocket = args.length == 3;
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loop.scheduleAtFixedRate(NettyHandler::renewDate, 0, 1, TimeUnit.SECONDS);
        new ServerBootstrap()
                .group(loop)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline().addLast(new HttpServerCodec());
                        if (webSocket) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpObjectAggregator(65_536),
                                            new WebSocketServerProtocolHandler(
                                                    Answers.ECHO, null, false, Answers.LONGEST_MESSAGE),
                                            new NettyEcho());
                        }
                        channel.pipeline().addLast(new NettyHandler());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync();
    }

    private static SslContext tls(String provider, File certificateAndKey) throws SSLException {
        return SslContextBuilder.forServer(certificateAndKey, certificateAndKey)
                .sslProvider(SslProvider.valueOf(provider))
                .protocols("TLSv1.3")
                .build();
    }
}
