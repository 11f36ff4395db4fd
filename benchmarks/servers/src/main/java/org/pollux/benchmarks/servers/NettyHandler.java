package org.pollux.benchmarks.servers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Responds when a request is whole; the responses to the requests of one read leave together. */
final class NettyHandler extends ChannelInboundHandlerAdapter {

    private static final AsciiString SERVER = AsciiString.cached("Netty");
    private static final ByteBuf HELLO = Unpooled.unreleasableBuffer(direct(Answers.hello()));
    private static final ByteBuf MEBIBYTE = Unpooled.unreleasableBuffer(direct(Answers.mebibyte()));

    private static volatile AsciiString date = AsciiString.of(Answers.date());

    private String path = "";
    private boolean keepAlive;
    private long received;

    static void renewDate() {
        date = AsciiString.of(Answers.date());
    }

    private static ByteBuf direct(byte[] octets) {
        return Unpooled.directBuffer(octets.length).writeBytes(octets);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                path = request.uri();
                keepAlive = HttpUtil.isKeepAlive(request);
                received = 0;
            }
            if (message instanceof HttpContent content) {
                received += content.content().readableBytes();
            }
            if (message instanceof LastHttpContent) {
                write(context, answer());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void write(ChannelHandlerContext context, FullHttpResponse answer) {
        if (keepAlive) {
            context.write(answer, context.voidPromise());
        } else {
            context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private FullHttpResponse answer() {
        return switch (path) {
            case Answers.PLAINTEXT -> answer(Answers.TEXT, HELLO.duplicate());
            case Answers.JSON -> answer(Answers.OBJECT, Unpooled.wrappedBuffer(Answers.json()));
            case Answers.MEBIBYTE -> answer(Answers.OCTETS, MEBIBYTE.duplicate());
            case Answers.UPLOAD -> answer(Answers.TEXT, Unpooled.wrappedBuffer(Answers.count(received)));
            default -> answer(HttpResponseStatus.NOT_FOUND, Answers.TEXT, Unpooled.EMPTY_BUFFER);
        };
    }

    private FullHttpResponse answer(String type, ByteBuf body) {
        return answer(HttpResponseStatus.OK, type, body);
    }

    private FullHttpResponse answer(HttpResponseStatus status, String type, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.SERVER, SERVER)
                .set(HttpHeaderNames.DATE, date)
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }
}
