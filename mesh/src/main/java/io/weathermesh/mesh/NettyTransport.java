package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;

/** Sockets and event loops: epoll where the platform has it, NIO elsewhere. */
final class NettyTransport {
    private static final boolean EPOLL = Epoll.isAvailable();
    private static final int PROCESSORS_PER_CLIENT_THREAD = 2;

    private NettyTransport() {}

    /**
     * The event loops of channels whose callbacks never block: one for two processors, where gRPC has two for one. A
     * call, its timers and its response then meet on a thread that is awake, and do not wake four.
     */
    private static final class ClientThreads {
        private static final EventLoopGroup INSTANCE = daemonThreads(
                "mesh-network", Math.max(1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_CLIENT_THREAD));
    }

    /** Runs the channel and its callbacks on event loops that all such channels of the process share. */
    static void runOnEventLoops(NettyChannelBuilder channel) {
        channel.eventLoopGroup(ClientThreads.INSTANCE)
                .channelType(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .directExecutor();
    }

    /** Event loops on daemon threads, which end with the process. */
    static EventLoopGroup daemonThreads(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory(name, true),
                EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    static ServerChannel newServerChannel() {
        return EPOLL ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    }
}
