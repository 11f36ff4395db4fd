package org.pollux.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Responds to requests without a body; the responses to the requests of one read leave together. */
final class NettyHttp2Handler extends ChannelInboundHandlerAdapter {

    private static final AsciiString SERVER = AsciiString.cached("Netty");
    private static final AsciiString OK = AsciiString.cached("200");
    private static final AsciiString NOT_FOUND = AsciiString.cached("404");
    private static final ByteBuf HELLO = Unpooled.unreleasableBuffer(direct(Answers.hello()));
    private static final ByteBuf MEBIBYTE = Unpooled.unreleasableBuffer(direct(Answers.mebibyte()));

    private static volatile AsciiString date = AsciiString.of(Answers.date());

    static void renewDate() {
        date = AsciiString.of(Answers.date());
    }

    private static ByteBuf direct(byte[] octets) {
        return Unpooled.directBuffer(octets.length).writeBytes(octets);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof Http2HeadersFrame request && request.isEndStream()) {
                answer(context, request.stream(), request.headers().path().toString());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static void answer(ChannelHandlerContext context, Http2FrameStream stream, String path) {
        switch (path) {
            case Answers.PLAINTEXT -> answer(context, stream, OK, Answers.TEXT, HELLO.duplicate());
            case Answers.MEBIBYTE -> answer(context, stream, OK, Answers.OCTETS, MEBIBYTE.duplicate());
            default -> answer(context, stream, NOT_FOUND, Answers.TEXT, Unpooled.EMPTY_BUFFER);
        }
    }

    private static void answer(
            ChannelHandlerContext context, Http2FrameStream stream, AsciiString status, String type, ByteBuf body) {
        Http2Headers head = new DefaultHttp2Headers(false)
                .status(status)
                .set(HttpHeaderNames.SERVER, SERVER)
                .set(HttpHeaderNames.DATE, date)
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        context.write(new DefaultHttp2HeadersFrame(head).stream(stream));
        context.write(new DefaultHttp2DataFrame(body, true).stream(stream));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
