package io.weathermesh.aggregator.rest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;

/**
 * Waits for the first bytes of a connection, and puts handlers behind the decoder if it speaks HTTP/1. The server makes its
 * decoder when it has seen these bytes; the place behind it is there only then.
 */
final class Http1Entry extends ChannelInboundHandlerAdapter {
    /** What of a connection tells HTTP/1 from HTTP/2: then the server sets itself up for the one or the other. */
    private static final int TELLING_BYTES = 4;

    private final ChannelHandler[] handlers;
    private int seen;

    private Http1Entry(ChannelHandler... handlers) {
        this.handlers = handlers;
    }

    /** Has these, which are new, in this order between the decoder of a new connection and the server. */
    static void put(ChannelPipeline connection, ChannelHandler... handlers) {
        connection.addFirst("http1-entry", new Http1Entry(handlers));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        ByteBuf bytes = (ByteBuf) part;
        int more = Math.min(TELLING_BYTES - seen, bytes.readableBytes());
        seen += more;
        context.fireChannelRead(bytes.readRetainedSlice(more));
        if (seen < TELLING_BYTES) {
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
