package io.weathermesh.aggregator.rest;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Sends no transfer coding to a client of HTTP/1.0, which does not know any (RFC 9112, section 6.1): the end of a response
 * without a length is the end of the connection. Expectations of such a client are ignored (RFC 9110, section 10.1.1).
 *
 * <p>Its place is behind the decoder of HTTP/1. Used by its connection's event loop only.
 */
final class Http10Responses extends ChannelDuplexHandler {
    private boolean isHttp10;
    private boolean endsWithConnection;

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            isHttp10 = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
            if (isHttp10) {
                request.headers().remove(HttpHeaderNames.EXPECT);
            }
        }
        context.fireChannelRead(part);
    }

    @Override
    public void write(ChannelHandlerContext context, Object part, ChannelPromise promise) {
        if (isHttp10 && part instanceof HttpResponse response && HttpUtil.isTransferEncodingChunked(response)) {
            HttpUtil.setTransferEncodingChunked(response, false);
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            endsWithConnection = true;
        }
        ChannelPromise written = promise;
        if (endsWithConnection && part instanceof LastHttpContent) {
            written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
        }
        var unused = context.write(part, written);
    }
}
