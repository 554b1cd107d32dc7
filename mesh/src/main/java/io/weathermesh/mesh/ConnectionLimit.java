package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections above a limit before a byte of them is read. gRPC limits the calls of a connection, but not the
 * connections.
 */
final class ConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean full;

    ConnectionLimit(int max) {
        this.max = max;
    }

    /** Applies to the server that is built. gRPC requires event loops along with the socket type. */
    void guard(NettyServerBuilder builder) {
        builder.bossEventLoopGroup(Threads.ACCEPTING)
                .workerEventLoopGroup(Threads.SERVING)
                .channelFactory(this::newGuardedChannel);
    }

    private ServerChannel newGuardedChannel() {
        ServerChannel channel = NettyTransport.newServerChannel();
        channel.pipeline().addFirst(new Guard());
        return channel;
    }

    /** Shared by the servers of a process. */
    private static final class Threads {
        private static final EventLoopGroup ACCEPTING = NettyTransport.daemonThreads("mesh-accept", 1);
        private static final EventLoopGroup SERVING =
                NettyTransport.daemonThreads("mesh-serve", Runtime.getRuntime().availableProcessors());
    }

    /** On the listening socket, where each message read is a connection. */
    private final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The listener is all that the close future is needed for.
        public void channelRead(ChannelHandlerContext context, Object connection) {
            Channel client = (Channel) connection;
            if (open.incrementAndGet() > max) {
                open.decrementAndGet();
                client.unsafe().closeForcibly();
                log(true);
                return;
            }
            client.closeFuture().addListener(closed -> {
                if (open.decrementAndGet() < max - max / 10) {
                    log(false);
                }
            });
            context.fireChannelRead(connection);
        }
    }

    /** Logs changes only, and the end only when a tenth is free again, so that the state does not flap. */
    private void log(boolean nowFull) {
        if (full != nowFull) {
            full = nowFull;
            LOG.warn(
                    nowFull
                            ? "{} connections are open: closing new ones"
                            : "less than 90 % of {} connections are open again",
                    max);
        }
    }
}
