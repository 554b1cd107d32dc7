package io.weathermesh.mesh;

import io.grpc.ChannelLogger;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.ProxyDetector;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;

/** The production resolver, whole: only its socket and its clock are simulated. */
final class SimulatedMesh implements SimulatedClient {
    private final NameResolver resolver;
    private final Channel channel;

    SimulatedMesh(HandMovedTime time, Random random, AddressSource dns, Channel channel) {
        this.channel = channel;
        AllowedRange range = AllowedRange.from(new Environment(Map.of(AllowedRange.SETTING, "10.0.0.0/8")));
        Discovery discovery = new Discovery(
                (host, meters) -> new AddressFilter(host, range, dns, meters),
                time,
                time::nanos,
                new PollDelays(random),
                new SimpleMeterRegistry());
        resolver =
                CloudMapNameResolver.create(CloudMapTarget.parse("cloudmap:///echo.test:50051"), arguments(discovery));
    }

    private static NameResolver.Args arguments(Discovery discovery) {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(MeshNames.GRPC_PORT)
                .setProxyDetector(new NoProxy())
                .setSynchronizationContext(new SynchronizationContext((thread, failure) -> {
                    throw new AssertionError("the resolver failed", failure);
                }))
                .setServiceConfigParser(new AnyPolicy())
                .setChannelLogger(new NoLogger())
                .setArg(CloudMapNameResolver.DISCOVERY, discovery)
                .build();
    }

    @Override
    public void start() {
        resolver.start(new NameResolver.Listener2() {
            @Override
            public void onResult(ResolutionResult result) {
                throw new AssertionError("the older form, which any thread may call");
            }

            @Override
            public Status onResult2(ResolutionResult result) {
                if (result.getAddressesOrError().hasValue()) {
                    channel.use(result.getAddressesOrError().getValue().stream()
                            .map(SimulatedMesh::task)
                            .toList());
                }
                return Status.OK;
            }

            @Override
            public void onError(Status error) {
                throw new AssertionError("the older form, which any thread may call");
            }
        });
    }

    private static TaskAddress task(EquivalentAddressGroup group) {
        return TaskAddress.of(((InetSocketAddress) group.getAddresses().get(0)).getAddress());
    }

    @Override
    public void suspects() {
        resolver.refresh();
    }

    private static final class NoProxy implements ProxyDetector {
        @Override
        public io.grpc.ProxiedSocketAddress proxyFor(java.net.SocketAddress target) {
            return null;
        }
    }

    private static final class AnyPolicy extends NameResolver.ServiceConfigParser {
        @Override
        public ConfigOrError parseServiceConfig(Map<String, ?> policy) {
            return ConfigOrError.fromConfig(policy);
        }
    }

    private static final class NoLogger extends ChannelLogger {
        @Override
        public void log(ChannelLogLevel level, String message) {}

        @Override
        public void log(ChannelLogLevel level, String format, Object... arguments) {}
    }
}
