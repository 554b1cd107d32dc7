package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that come when there are too many, before a byte of them is read. gRPC bounds the calls of a
 * connection, but not the connections.
 */
final class ConnectionCap {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCap.class);

    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean full;

    ConnectionCap(int max) {
        this.max = max;
    }

    /** Guards the server that is built. gRPC wants to be given the threads along with the kind of socket. */
    void guard(NettyServerBuilder builder) {
        builder.bossEventLoopGroup(Threads.ACCEPTING)
                .workerEventLoopGroup(Threads.SERVING)
                .channelFactory(this::newGuardedChannel);
    }

    private ServerChannel newGuardedChannel() {
        ServerChannel channel = Threads.EPOLL ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        channel.pipeline().addFirst(new Guard());
        return channel;
    }

    /** Shared by the servers of a process and, being daemons, ended with it. */
    private static final class Threads {
        private static final boolean EPOLL = Epoll.isAvailable();
        private static final EventLoopGroup ACCEPTING = group("mesh-accept", 1);
        private static final EventLoopGroup SERVING =
                group("mesh-serve", Runtime.getRuntime().availableProcessors());

        private static EventLoopGroup group(String name, int threads) {
            DefaultThreadFactory daemons = new DefaultThreadFactory(name, true);
            return new MultiThreadIoEventLoopGroup(
                    threads, daemons, EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        }
    }

    /** Sits on the listening socket, where what is read are connections. */
    private final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // A listener is all there is to a future that only tells the end.
        public void channelRead(ChannelHandlerContext context, Object connection) {
            Channel client = (Channel) connection;
            if (open.incrementAndGet() > max) {
                open.decrementAndGet();
                client.unsafe().closeForcibly();
                tell(true);
                return;
            }
            client.closeFuture().addListener(closed -> {
                if (open.decrementAndGet() < max - max / 10) {
                    tell(false);
                }
            });
            context.fireChannelRead(connection);
        }
    }

    /** Tells a change once; it is over only when a tenth is free again, so that it does not flutter. */
    private void tell(boolean nowFull) {
        if (full != nowFull) {
            full = nowFull;
            LOG.warn(nowFull ? "{} connections are open: closes any more" : "well below {} connections again", max);
        }
    }
}
