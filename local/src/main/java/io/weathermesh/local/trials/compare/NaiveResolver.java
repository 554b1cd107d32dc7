package io.weathermesh.local.trials.compare;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.weathermesh.mesh.MeshNames;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Polls at the TTL and replaces its addresses by each answer: right up to eight tasks, and unstable above. */
final class NaiveResolver extends NameResolver {
    static final String SCHEME = "naive";

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String host;
    private final SimpleResolver server;
    private final Duration ttl;
    private final SynchronizationContext context;
    private final ScheduledExecutorService scheduler;
    private @Nullable Listener2 listener;

    private NaiveResolver(String host, InetSocketAddress server, Duration ttl, Args args) {
        this.host = host;
        this.server = new SimpleResolver(server);
        this.server.setTimeout(TIMEOUT);
        this.ttl = ttl;
        this.context = args.getSynchronizationContext();
        this.scheduler = args.getScheduledExecutorService();
    }

    @Override
    public String getServiceAuthority() {
        return host;
    }

    @Override
    public void start(Listener2 channel) {
        listener = channel;
        poll();
    }

    private void poll() {
        Name name = Name.fromConstantString(host + ".");
        server.sendAsync(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)))
                .whenComplete((reply, failure) -> context.execute(() -> replace(reply)));
    }

    private void replace(@Nullable Message reply) {
        if (listener == null) {
            return;
        }
        if (reply != null && !reply.getSection(Section.ANSWER).isEmpty()) {
            List<EquivalentAddressGroup> groups = reply.getSection(Section.ANSWER).stream()
                    .filter(ARecord.class::isInstance)
                    .map(record -> new InetSocketAddress(((ARecord) record).getAddress(), MeshNames.GRPC_PORT))
                    .map(EquivalentAddressGroup::new)
                    .toList();
            listener.onResult2(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(groups))
                    .build());
        }
        context.schedule(this::poll, ttl.toMillis(), TimeUnit.MILLISECONDS, scheduler);
    }

    @Override
    public void shutdown() {
        listener = null;
    }

    /** For targets such as {@code naive:///host}. */
    static final class Provider extends NameResolverProvider {
        private final InetSocketAddress server;
        private final Duration ttl;

        Provider(InetSocketAddress server, Duration ttl) {
            this.server = server;
            this.ttl = ttl;
        }

        @Override
        public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return SCHEME.equals(target.getScheme())
                    ? new NaiveResolver(target.getPath().substring(1), server, ttl, args)
                    : null;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 1;
        }
    }
}
