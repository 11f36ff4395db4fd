package org.pollux.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Netty with its codec of HTTP/2 frames, on its epoll transport: one loop accepts and serves. */
final class NettyHttp2Server {

    private NettyHttp2Server() {}

    /** Argument: the port without TLS. */
    public static void main(String[] args) throws InterruptedException, SSLException {
        int port = Integer.parseInt(args[0]);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        loop.scheduleAtFixedRate(NettyHttp2Handler::renewDate, 0, 1, TimeUnit.SECONDS);
        if (Tls.isWanted()) {
            listen(loop, Tls.port(port), Optional.of(Tls.openSsl()));
        }
        listen(loop, port, Optional.empty());
    }

    private static void listen(EventLoopGroup loop, int port, Optional<SslContext> tls) throws InterruptedException {
        new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .initialSettings(Http2Settings.defaultSettings()
                                                        .maxConcurrentStreams(128))
                                                .build(),
                                        new NettyHttp2Handler());
                    }
                })
                .bind("127.0.0.1", port)
                .sync();
    }
}
