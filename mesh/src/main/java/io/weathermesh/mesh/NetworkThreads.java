package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads of the network for channels whose callbacks never block: one for two processors, where gRPC has two for one.
 * A call, its timers and its answer then meet on a thread that is awake, and do not wake four.
 */
final class NetworkThreads {
    private static final int PROCESSORS_A_THREAD = 2;

    private final EventLoopGroup threads;

    /** Shared by all such channels of a process and, being daemons, ended with it. */
    static NetworkThreads ofProcess() {
        return OfProcess.INSTANCE;
    }

    private static final class OfProcess {
        private static final NetworkThreads INSTANCE =
                new NetworkThreads(Runtime.getRuntime().availableProcessors());
    }

    private NetworkThreads(int processors) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        threads = new MultiThreadIoEventLoopGroup(
                Math.max(1, processors / PROCESSORS_A_THREAD), new DefaultThreadFactory("mesh-network", true), io);
    }

    void carry(NettyChannelBuilder channel) {
        Class<? extends Channel> type = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        channel.eventLoopGroup(threads).channelType(type).directExecutor();
    }
}
