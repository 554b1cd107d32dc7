package io.weathermesh.aggregator.rest;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.weathermesh.mesh.MeshTimings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection in stages (RFC 9112, section 9.6) while a request is still arriving, which mostly is one that has been
 * refused for its head: the client hears the end of the answer, and what it still sends is read and forgotten for a
 * moment. If the connection were closed in one go, the client's next bytes would be met by a reset, and many a client then
 * never reads the answer. Who closes it once more closes it for good.
 *
 * <p>Its place is behind the decoder of HTTP/1. Touched by its connection's event loop only.
 */
final class StagedClose extends ChannelDuplexHandler {
    /** Many round trips to the other side of the Earth, and no more than a process keeps for its end. */
    private static final Duration MOMENT = MeshTimings.EXIT_MARGIN;

    private boolean arriving;
    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (closing) {
            ReferenceCountUtil.release(part);
            return;
        }
        if (part instanceof HttpRequest) {
            arriving = true;
        }
        if (part instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
            arriving = false; // of one that failed there is no knowing where it ends
        }
        context.fireChannelRead(part);
    }

    /** The server knows nothing of ends that are closed one by one, and would log this as unexpected. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelOutputShutdownEvent)) {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!arriving || closing || !context.channel().isActive()) {
            var unused = context.close(promise);
            return;
        }
        closing = true;
        DuplexChannel connection = (DuplexChannel) context.channel();
        connection.config().setAutoRead(true);
        var unused = connection.shutdownOutput();
        var patience = context.executor().schedule(() -> cut(context), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> {
            patience.cancel(false);
            promise.trySuccess();
        });
    }

    private static void cut(ChannelHandlerContext context) {
        var unused = context.close();
    }
}
