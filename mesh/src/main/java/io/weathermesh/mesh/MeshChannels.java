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

/**
 * Makes channels that find the tasks of a service, spread calls over the healthy ones, and survive a sick one.
 *
 * <p>Channels of one {@code MeshChannels} share their watchers. Safe for use by many threads.
 */
public final class MeshChannels {
    /** The shortest that gRPC allows a client. */
    private static final long KEEPALIVE_SECONDS = 10;

    /** Becomes TCP_USER_TIMEOUT on Linux: a task whose host vanished is detected this fast, also between pings. */
    private static final long KEEPALIVE_TIMEOUT_SECONDS = 2;

    /** With Netty's 30 s a vanished task would count as connecting for too long. */
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    /** More than 30 days disables idle mode, which would drop the resolver and the tasks that it knows. */
    private static final long IDLE_TIMEOUT_DAYS = 365;

    /** Past events of a channel, and of each of its connections, that {@code /channelz} shows. */
    private static final int MAX_TRACE_EVENTS = 20;

    private final Discovery discovery;
    private final MeshTimings timings;
    private final List<ClientInterceptor> interceptors;
    private final boolean onEventLoops;

    MeshChannels(Discovery discovery, MeshTimings timings, MeshMeters meters) {
        this(discovery, timings, interceptors(timings, meters), false);
    }

    private MeshChannels(
            Discovery discovery, MeshTimings timings, List<ClientInterceptor> interceptors, boolean onEventLoops) {
        this.discovery = discovery;
        this.timings = timings;
        this.interceptors = interceptors;
        this.onEventLoops = onEventLoops;
    }

    private static List<ClientInterceptor> interceptors(MeshTimings timings, MeshMeters meters) {
        return List.of(
                new DefaultDeadline(timings.callDeadline()),
                TriedTasks.interceptor(),
                new ClientMeters(meters.registry()));
    }

    /** Channels configured by the {@code MESH_} settings of discovery. */
    public static MeshChannels from(Environment environment, MeshTimings timings, MeshMeters meters) {
        return new MeshChannels(Discovery.from(environment, meters.registry()), timings, meters);
    }

    /**
     * The same, but callbacks run on event loops instead of a pool: a call costs half the processor time. Safe only if
     * no callback ever blocks; blocking stubs must not be used inside a callback.
     */
    public MeshChannels callbacksNeverBlock() {
        return new MeshChannels(discovery, timings, interceptors, true);
    }

    /**
     * A channel to a service, which connects at once. The caller shuts it down.
     *
     * @param target such as {@code cloudmap:///humidity-provider.weather-api:50051}; see {@link MeshNames#targetOf}
     * @param service the service that is called; its health status decides which tasks get calls
     * @param more further services of the same tasks that are called through this channel
     */
    public ManagedChannel forTarget(String target, ServiceDescriptor service, ServiceDescriptor... more) {
        GrpcVersions.check();
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
                .maxTraceEvents(MAX_TRACE_EVENTS)
                .idleTimeout(IDLE_TIMEOUT_DAYS, TimeUnit.DAYS);
        if (onEventLoops) {
            NettyTransport.runOnEventLoops(builder);
        }
        ManagedChannel channel = builder.build();
        link.attach(channel);
        // Otherwise the first call would wait for a look-up and a connection.
        ConnectivityState ignored = channel.getState(true);
        return channel;
    }

    /**
     * The addresses of the tasks known now, by the name that they are registered under; for pages that show the
     * topology. A name is present while a channel to it is open.
     */
    public Map<String, List<String>> knownTasks() {
        return discovery.knownTasks();
    }
}
