package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.grpc.Uri;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The results that a resolver publishes. The channel is a fake that records them and returns a set status. */
final class CloudMapNameResolverTest {
    private static final Duration A_BIT = Duration.ofMillis(1);

    private final HandMovedTime time = new HandMovedTime();
    private final Map<String, ScriptedSource> sources = new HashMap<>();
    private final ScriptedSource source = new ScriptedSource(time);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Discovery discovery = new Discovery(
            (host, meters) -> sources.computeIfAbsent(host, any -> source),
            time,
            time::nanos,
            new PollDelays(new Random(1)),
            registry);
    private final FakeChannel channel = new FakeChannel();
    private final SynchronizationContext context = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });

    private static final class FakeChannel extends NameResolver.Listener2 {
        final List<ResolutionResult> results = new ArrayList<>();
        Status accepts = Status.OK;

        @Override
        public Status onResult2(ResolutionResult result) {
            results.add(result);
            return accepts;
        }

        @Override
        public void onResult(ResolutionResult result) {
            throw new AssertionError("may be called on any thread, so its answer is lost: not to be used");
        }

        @Override
        public void onError(Status error) {
            throw new AssertionError("not to be used: see onResult");
        }

        List<List<EquivalentAddressGroup>> addresses() {
            return results.stream()
                    .map(result -> result.getAddressesOrError().getValue())
                    .toList();
        }
    }

    @Test
    void serviceLoaderFindsTheProviderAndDnsStaysTheDefault() {
        NameResolverRegistry found = NameResolverRegistry.getDefaultRegistry();

        assertThat(found.getProviderForScheme("cloudmap")).isInstanceOf(CloudMapNameResolverProvider.class);
        assertThat(found.getDefaultScheme()).isEqualTo("dns");
    }

    @Test
    void bothTypesOfUriMakeTheSameResolver() {
        CloudMapNameResolverProvider provider = new CloudMapNameResolverProvider();

        assertThat(provider.newNameResolver(URI.create("cloudmap:///echo.test:81"), args()))
                .extracting(NameResolver::getServiceAuthority)
                .isEqualTo("echo.test:81");
        assertThat(provider.newNameResolver(Uri.create("cloudmap:///echo.test:81"), args()))
                .extracting(NameResolver::getServiceAuthority)
                .isEqualTo("echo.test:81");
        assertThat(provider.newNameResolver(URI.create("dns:///echo.test:81"), args()))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloudmap:///echo.test:50051",
                "cloudmap:///echo.test:50051/",
                "cloudmap:///echo.test.:50051",
                "cloudmap:///echo.test",
                "cloudmap:///echo.test./",
                "cloudmap://echo.test:50051",
                "cloudmap://echo.test:50051/",
                "cloudmap://echo.test",
                "cloudmap:echo.test:50051",
                "cloudmap:echo.test.",
                "CLOUDMAP:///Echo.TEST:50051",
                "CloudMap://ECHO.test./"
            })
    void aTargetMayHaveAnyFormThatFrameworksBuild(String target) {
        assertThat(CloudMapTarget.parse(target)).isEqualTo(new CloudMapTarget("echo.test", 50051));
        assertThat(NameResolverRegistry.getDefaultRegistry()
                        .asFactory()
                        .newNameResolver(URI.create(target), args())
                        .getServiceAuthority())
                .isEqualTo("echo.test:50051");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloudmap:///",
                "cloudmap://10.0.0.2/echo.test",
                "cloudmap:///echo test",
                "cloudmap:///echo.test:0",
                "cloudmap:///echo.test:65536",
                "cloudmap:///echo.test/more",
                "cloudmap:///echo..test",
                "cloudmap:///a-label-of-more-than-sixty-three-letters-is-not-a-name-in-DNS-at-all.test",
                "dns:///echo.test"
            })
    void anythingElseIsRefusedWithAnExample(String target) {
        assertThatThrownBy(() -> CloudMapTarget.parse(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(target)
                .hasMessageContaining("cloudmap:///humidity-provider.weather-api:50051");
    }

    @Test
    void aResolverPublishesEachTaskAsAnAddressWithTheMinimalPolicy() {
        source.returns(all(5, "10.0.0.1", "10.0.0.2"));
        start(resolver("echo.test:50051"));

        assertThat(channel.addresses()).containsExactly(List.of(group("10.0.0.1"), group("10.0.0.2")));
        assertThat(channel.results.get(0).getServiceConfig().getConfig().toString())
                .contains("round_robin")
                .contains("healthCheckConfig");
    }

    @Test
    void aResolverPublishesOnlyChanges() {
        source.returns(all(5, "10.0.0.1", "10.0.0.2"));
        start(resolver("echo.test:50051"));
        time.move(Duration.ofHours(1));
        assertThat(channel.results).hasSize(1);

        source.returns(all(5, "10.0.0.2", "10.0.0.1", "10.0.0.3"));
        time.move(Duration.ofHours(1));

        assertThat(channel.results).hasSize(2);
        assertThat(publishes()).isEqualTo(2);
    }

    @Test
    void aResolverPublishesTheSameAgainIfTheChannelDidNotAcceptIt() {
        channel.accepts = Status.UNAVAILABLE;
        source.returns(all(5, "10.0.0.1"));
        start(resolver("echo.test:50051"));
        channel.accepts = Status.OK;

        time.move(Duration.ofMinutes(1));

        assertThat(channel.results).hasSize(2);
        assertThat(publishes()).isEqualTo(1);
    }

    @Test
    void theMetersOfANameWithoutSubscriberAreEmpty() {
        source.returns(all(5, "10.0.0.1"));
        NameResolver resolver = resolver("echo.test:50051");
        start(resolver);
        assertThat(gauge("mesh.discovery.known.tasks")).isEqualTo(1);

        resolver.shutdown();
        time.move(Duration.ofHours(1));
        assertThat(gauge("mesh.discovery.known.tasks")).isZero();
        assertThat(gauge("mesh.discovery.last.answer.age")).isNaN();

        start(resolver("echo.test:50051"));
        assertThat(gauge("mesh.discovery.known.tasks")).isEqualTo(1);
        assertThat(gauge("mesh.discovery.last.answer.age")).isLessThan(1);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double publishes() {
        return registry.counter("mesh.discovery.publishes", "name", "echo.test").count();
    }

    @Test
    void anErrorIsPublishedBeforeTheFirstSuccessAndNeverAfter() {
        source.returns(fails(Reason.TIMEOUT));
        start(resolver("echo.test:50051"));
        assertThat(channel.results).singleElement().satisfies(result -> {
            Status status = result.getAddressesOrError().getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription())
                    .isEqualTo("echo.test is not known yet: scripted failure (MESH_DNS_SERVERS sets the name servers)");
        });
        channel.results.clear();
        source.returns(all(5, "10.0.0.1"));
        time.move(Duration.ofSeconds(2));
        source.returns(fails(Reason.NXDOMAIN));
        time.move(Duration.ofHours(1));

        assertThat(channel.addresses()).containsExactly(List.of(group("10.0.0.1")));
    }

    @Test
    void aHintOfTheChannelReachesTheWatcher() {
        source.returns(all(30, "10.0.0.1"));
        NameResolver resolver = resolver("echo.test:50051");
        start(resolver);
        time.move(Duration.ofSeconds(5));

        resolver.refresh();
        time.move(A_BIT);

        assertThat(source.polls()).hasSize(2);
    }

    @Test
    void channelsToOneNameShareItsPollsInAnyLetterCase() {
        source.returns(all(5, "10.0.0.1"));
        NameResolver one = resolver("echo.test:50051");
        NameResolver other = resolver("ECHO.Test:50052");
        start(one);
        start(other);
        assertThat(sources).containsOnlyKeys("echo.test");
        assertThat(source.polls()).hasSize(1);
        assertThat(channel.results).hasSize(2);

        one.shutdown();
        time.move(Duration.ofSeconds(6));
        assertThat(source.polls()).hasSize(2);

        other.shutdown();
        time.move(Duration.ofHours(1));
        assertThat(source.polls()).hasSize(2);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aChannelThatIsShutDownGetsNoMoreUpdates() {
        source.returns(all(5, "10.0.0.1"));
        NameResolver resolver = resolver("echo.test:50051");
        start(resolver);

        resolver.shutdown();
        resolver.refresh();
        source.returns(all(5, "10.0.0.2"));
        time.move(Duration.ofHours(1));

        assertThat(channel.results).hasSize(1);
    }

    @Test
    void theZoneTravelsWithTheAddress() {
        TaskAddress task = new TaskAddress(TaskAddress.of("10.0.0.1").ip(), "eu-central-1b");
        source.returns(new Found(List.of(task), true, Duration.ofSeconds(5)));

        start(resolver("echo.test:50051"));

        assertThat(channel.addresses().get(0).get(0).getAttributes().get(CloudMapNameResolver.ZONE))
                .isEqualTo("eu-central-1b");
    }

    /** As when the API does not answer for once: publishing would reset outlier detection. */
    @Test
    void aZoneThatAppearsOrDisappearsIsNoChange() {
        TaskAddress task = TaskAddress.of("10.0.0.1");
        Found zoned = new Found(List.of(new TaskAddress(task.ip(), "eu-central-1b")), true, Duration.ofSeconds(5));
        source.returns(all(5, "10.0.0.1"));
        start(resolver("echo.test:50051"));

        source.returns(zoned);
        time.move(Duration.ofMinutes(1));
        source.returns(all(5, "10.0.0.1"));
        time.move(Duration.ofMinutes(1));

        assertThat(channel.results).hasSize(1);
    }

    private NameResolver resolver(String hostAndPort) {
        return new CloudMapNameResolverProvider().newNameResolver(URI.create("cloudmap:///" + hostAndPort), args());
    }

    private void start(NameResolver resolver) {
        context.execute(() -> resolver.start(channel));
        time.move(A_BIT);
    }

    private static EquivalentAddressGroup group(String ip) {
        return new EquivalentAddressGroup(new InetSocketAddress(ip, 50051));
    }

    private NameResolver.Args args() {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(80)
                .setProxyDetector(address -> null)
                .setSynchronizationContext(context)
                .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                    @Override
                    public ConfigOrError parseServiceConfig(Map<String, ?> raw) {
                        return ConfigOrError.fromConfig(raw);
                    }
                })
                .setArg(CloudMapNameResolver.DISCOVERY, discovery)
                .build();
    }
}
