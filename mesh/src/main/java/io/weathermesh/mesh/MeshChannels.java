package io.weathermesh.mesh;

import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

    /** What {@code /channelz} tells of the past of a channel and of each connection: a page of it. */
    private static final int EVENTS = 20;

    private final Discovery discovery;
    private final MeshTimings timings;
    private final List<ClientInterceptor> interceptors;
    private final @Nullable NetworkThreads direct; // null: answers are handed over on a pool

    MeshChannels(Discovery discovery, MeshTimings timings, MeshMeters meters) {
        this(discovery, timings, interceptors(timings, meters), null);
    }

    private MeshChannels(
            Discovery discovery,
            MeshTimings timings,
            List<ClientInterceptor> interceptors,
            @Nullable NetworkThreads direct) {
        this.discovery = discovery;
        this.timings = timings;
        this.interceptors = interceptors;
        this.direct = direct;
    }

    private static List<ClientInterceptor> interceptors(MeshTimings timings, MeshMeters meters) {
        return List.of(
                new DefaultDeadline(timings.callDeadline()),
                TriedTasks.interceptor(),
                new ClientMeters(meters.registry()));
    }

    /** Channels as the {@code MESH_} settings of discovery say. */
    public static MeshChannels from(Environment environment, MeshTimings timings, MeshMeters meters) {
        return new MeshChannels(Discovery.from(environment, meters.registry()), timings, meters);
    }

    /**
     * The same, but answers are handed over on the threads of the network instead of a pool: a call costs half the
     * processor time. Right only if no callback ever blocks, and never for blocking stubs inside of a callback.
     */
    public MeshChannels callbacksNeverBlock() {
        return new MeshChannels(discovery, timings, interceptors, NetworkThreads.ofProcess());
    }

    /**
     * A channel to a service; it starts to connect at once. The caller shuts it down.
     *
     * @param target such as {@code cloudmap:///humidity-provider.weather-api:50051}; see {@link MeshNames#targetOf}
     * @param service the service that is called, whose health decides which tasks are
     * @param more further services of the same tasks that are called through this channel
     */
    public ManagedChannel forTarget(String target, ServiceDescriptor service, ServiceDescriptor... more) {
        ChannelLink link = new ChannelLink();
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target, InsecureChannelCredentials.create())
                .setNameResolverArg(CloudMapNameResolver.DISCOVERY, discovery)
                .setNameResolverArg(CloudMapNameResolver.LINK, link)
                .disableServiceConfigLookUp()
                .defaultServiceConfig(ChannelPolicy.of(service, more))
                .intercept(interceptors)
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .maxTraceEvents(EVENTS)
                .idleTimeout(IDLE_TIMEOUT_DAYS, TimeUnit.DAYS);
        if (direct != null) {
            direct.carry(builder);
        }
        ManagedChannel channel = builder.build();
        link.attach(channel);
        // A channel that waits for its first call makes that call wait for a look-up and a connection.
        ConnectivityState ignored = channel.getState(true);
        return channel;
    }

    /**
     * The tasks that are known at this moment, by the name they are registered under; for pages that show the topology.
     * A name is there as long as a channel to it is open.
     */
    public Map<String, List<String>> knownTasks() {
        return discovery.knownTasks();
    }
}
