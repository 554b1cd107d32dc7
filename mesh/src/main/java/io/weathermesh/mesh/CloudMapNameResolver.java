package io.weathermesh.mesh;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the tasks that a shared watcher knows to a channel.
 *
 * <p>Publishes only what changes something: a set that differs from the last one, or the same set if the channel did not
 * accept it. Publishing an unchanged set would reset the statistics of outlier detection and silently disable it
 * (measured: 728 failed calls instead of 56). After the first set no error is ever published.
 */
final class CloudMapNameResolver extends NameResolver {
    /**
     * The zone of a task, if its source had returned it when the set last changed; nothing uses it yet. A zone that
     * becomes known later is no reason to publish again.
     */
    static final Attributes.Key<String> ZONE = Attributes.Key.create("io.weathermesh.mesh.zone");

    /** The discovery to use instead of {@link Discovery#ofProcess()}. */
    static final Args.Key<Discovery> DISCOVERY = Args.Key.create("io.weathermesh.mesh.discovery");

    /** The link from a channel made by {@link MeshChannels} to its resolver. */
    static final Args.Key<ChannelLink> LINK = Args.Key.create("io.weathermesh.mesh.link");

    /**
     * For channels that were made without {@link MeshChannels}: without it gRPC would send every call to one task. The
     * empty name is the health of a server as a whole, which every server with a health service reports.
     */
    private static final Map<String, ?> MINIMAL_POLICY = Map.of(
            "loadBalancingConfig",
            List.of(Map.of("round_robin", Map.of())),
            "healthCheckConfig",
            Map.of("serviceName", ""));

    private final CloudMapTarget target;
    private final Discovery discovery;
    private final ChannelLink link;
    private final SynchronizationContext context;
    private final ConfigOrError policy;
    private Discovery.@Nullable Subscription subscription;
    private @Nullable Listener2 listener;
    private @Nullable List<TaskAddress> accepted; // null until the channel accepts a set

    private CloudMapNameResolver(CloudMapTarget target, Discovery discovery, ChannelLink link, Args args) {
        this.target = target;
        this.discovery = discovery;
        this.link = link;
        this.context = args.getSynchronizationContext();
        this.policy = args.getServiceConfigParser().parseServiceConfig(MINIMAL_POLICY);
    }

    static CloudMapNameResolver create(CloudMapTarget target, Args args) {
        Discovery given = args.getArg(DISCOVERY);
        ChannelLink link = args.getArg(LINK);
        return new CloudMapNameResolver(
                target, given == null ? Discovery.ofProcess() : given, link == null ? ChannelLink.none() : link, args);
    }

    @Override
    public String getServiceAuthority() {
        return target.authority();
    }

    @Override
    public void start(Listener2 channel) {
        listener = channel;
        subscription = discovery.subscribe(target.host(), new Feed());
    }

    @Override
    public void refresh() {
        if (subscription != null) {
            subscription.hint();
        }
    }

    @Override
    public void shutdown() {
        listener = null;
        if (subscription != null) {
            subscription.cancel();
            subscription = null;
        }
    }

    /** Passes on what the watcher reports, on the synchronization context of the channel. */
    private final class Feed implements Watcher.Subscriber {
        @Override
        public void tasks(List<TaskAddress> tasks) {
            context.execute(() -> publish(tasks));
        }

        @Override
        public void unknown(Lookup.Failed failure) {
            context.execute(() -> publish(failure));
        }

        @Override
        public void recovered() {
            link.recovered();
        }

        @Override
        public boolean isConnected() {
            return link.isConnected();
        }
    }

    private void publish(List<TaskAddress> tasks) {
        if (listener == null || subscription == null || tasks.equals(accepted)) {
            return;
        }
        List<EquivalentAddressGroup> groups = tasks.stream().map(this::group).toList();
        Status status = listener.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(groups))
                .setServiceConfig(policy)
                .build());
        accepted = status.isOk() ? tasks : null;
        if (status.isOk()) {
            subscription.published();
        }
    }

    private void publish(Lookup.Failed failure) {
        if (listener != null && accepted == null) {
            // For who runs this process, whose code gets the description; a server must not pass it on to its clients.
            Status status = Status.UNAVAILABLE.withDescription(target.host() + " is not known yet: " + failure.detail()
                    + " (" + DnsSource.SERVERS_SETTING + " sets the name servers)");
            Status ignored = listener.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromStatus(status))
                    .setServiceConfig(policy)
                    .build());
        }
    }

    private EquivalentAddressGroup group(TaskAddress task) {
        Attributes attributes = task.zone().isEmpty()
                ? Attributes.EMPTY
                : Attributes.newBuilder().set(ZONE, task.zone()).build();
        return new EquivalentAddressGroup(new InetSocketAddress(task.ip(), target.port()), attributes);
    }
}
