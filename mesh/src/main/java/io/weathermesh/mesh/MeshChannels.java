package io.weathermesh.mesh;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;

/**
 * Makes channels that find the tasks of a service, share calls between the healthy ones, and survive a sick one.
 *
 * <p>Channels of one {@code MeshChannels} share their watchers. Safe for use by many threads.
 */
public final class MeshChannels {
    /** The least that gRPC allows a client. */
    private static final long KEEPALIVE_SECONDS = 10;

    /** Becomes TCP_USER_TIMEOUT on Linux: a task whose host vanished is found this fast, also between pings. */
    private static final long KEEPALIVE_TIMEOUT_SECONDS = 2;

    /** Netty's 30 s would keep a vanished task among those that may come back. */
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    /** Longer than a month switches idle mode off: it would drop the resolver and all it knows. */
    private static final long IDLE_TIMEOUT_DAYS = 365;

    private final Discovery discovery;
    private final MeshTimings timings;
    private final MeshMeters meters;

    MeshChannels(Discovery discovery, MeshTimings timings, MeshMeters meters) {
        this.discovery = discovery;
        this.timings = timings;
        this.meters = meters;
    }

    /** Channels as the {@code MESH_} settings of discovery say. */
    public static MeshChannels from(Environment environment, MeshTimings timings, MeshMeters meters) {
        return new MeshChannels(Discovery.from(environment, meters.registry()), timings, meters);
    }

    /**
     * A channel to a service. The caller shuts it down.
     *
     * @param target such as {@code cloudmap:///humidity-provider.weather-api:50051}; see {@link MeshNames#targetOf}
     * @param service the service that is called, whose health decides which tasks are
     * @param more further services of the same tasks that are called through this channel
     */
    public ManagedChannel forTarget(String target, ServiceDescriptor service, ServiceDescriptor... more) {
        ChannelLink link = new ChannelLink();
        ManagedChannel channel = ((NettyChannelBuilder)
                        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()))
                .setNameResolverArg(CloudMapNameResolver.DISCOVERY, discovery)
                .setNameResolverArg(CloudMapNameResolver.LINK, link)
                .disableServiceConfigLookUp()
                .defaultServiceConfig(ChannelPolicy.of(service, more))
                .intercept(
                        new DefaultDeadline(timings.callDeadline()),
                        TriedTasks.interceptor(),
                        new ClientMeters(meters.registry()))
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .idleTimeout(IDLE_TIMEOUT_DAYS, TimeUnit.DAYS)
                .build();
        link.attach(channel);
        return channel;
    }
}
