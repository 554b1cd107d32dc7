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
 * Closes a connection in stages (RFC 9112, section 9.6) while a request is still arriving, which mostly is one that was refused
 * for its head: the client gets the end of the response, and the rest of its request is read and dropped for a moment. If the
 * connection were closed at once, the client's next bytes would cause a reset, and many clients then never read the
 * response. A second close takes effect at once.
 *
 * <p>Its place is behind the decoder of HTTP/1. Used by its connection's event loop only.
 */
final class StagedClose extends ChannelDuplexHandler {
    /** Many round trips to the other side of the Earth, and no more than a process reserves for its exit. */
    private static final Duration MAX_LINGER = MeshTimings.EXIT_MARGIN;

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
            arriving = false; // where a failed one ends is unknown
        }
        context.fireChannelRead(part);
    }

    /** The server would log the event as unexpected. */
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
        var timeout =
                context.executor().schedule(() -> closeNow(context), MAX_LINGER.toMillis(), TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> {
            timeout.cancel(false);
            promise.trySuccess();
        });
    }

    private static void closeNow(ChannelHandlerContext context) {
        var unused = context.close();
    }
}
