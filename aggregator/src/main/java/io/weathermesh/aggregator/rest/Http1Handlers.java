package io.weathermesh.aggregator.rest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;

/**
 * Waits for the first bytes of a connection, and adds handlers behind the decoder if they are HTTP/1. The server creates its
 * decoder only when it has read these bytes.
 */
final class Http1Handlers extends ChannelInboundHandlerAdapter {
    /** The bytes that tell HTTP/1 from HTTP/2. */
    private static final int PREFACE_BYTES = 4;

    private final ChannelHandler[] handlers;
    private int seen;

    private Http1Handlers(ChannelHandler... handlers) {
        this.handlers = handlers;
    }

    /** Adds new handlers, in this order, between the decoder of a new connection and the server. */
    static void put(ChannelPipeline connection, ChannelHandler... handlers) {
        connection.addFirst("http1-entry", new Http1Handlers(handlers));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        ByteBuf bytes = (ByteBuf) part;
        int more = Math.min(PREFACE_BYTES - seen, bytes.readableBytes());
        seen += more;
        context.fireChannelRead(bytes.readRetainedSlice(more));
        if (seen < PREFACE_BYTES) {
            bytes.release();
            return;
        }
        ChannelPipeline connection = context.pipeline();
        ChannelHandlerContext decoder = connection.context(CombinedChannelDuplexHandler.class);
        if (decoder != null) {
            for (int i = handlers.length - 1; i >= 0; i--) {
                connection.addAfter(decoder.name(), null, handlers[i]);
            }
        }
        if (!context.isRemoved()) {
            connection.remove(this);
        }
        context.fireChannelRead(bytes);
    }
}
