package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.fails;
import static io.weathermesh.mesh.ScriptedSource.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SampleCompletionTest {
    private final HandMovedTime time = new HandMovedTime();
    private final ScriptedSource dns = new ScriptedSource(time);
    private final ScriptedSource api = new ScriptedSource(time);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SampleCompletion source = new SampleCompletion(
            "echo.test", dns, api, new DiscoveryMeters("echo.test", registry, time::nanos), time::nanos, time);

    @Test
    void onlyASampleIsCompleted() throws Exception {
        api.returns(all(0, "10.0.0.1", "10.0.0.2", "10.0.0.3"));

        dns.returns(all(5, "10.0.0.1"));
        assertThat(poll()).isEqualTo(all(5, "10.0.0.1"));
        assertThat(api.polls()).isEmpty();

        dns.returns(sample(5, "10.0.0.1"));
        assertThat(poll()).isEqualTo(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"));
    }

    @Test
    void theSampleStandsWhenTheApiFailsOrIsLate() throws Exception {
        dns.returns(sample(5, "10.0.0.1"));

        api.returns(fails(Reason.API));
        assertThat(poll()).isEqualTo(sample(5, "10.0.0.1"));

        api.waits();
        CompletableFuture<Lookup> second = begin();
        time.move(SampleCompletion.API_TIME.minusMillis(1));
        assertThat(second).isNotDone();
        time.move(Duration.ofMillis(1));
        assertThat(second).isCompletedWithValue(sample(5, "10.0.0.1"));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void theApiIsNotPolledWhileAnEarlierPollIsInFlight() throws Exception {
        dns.returns(sample(5, "10.0.0.1"));
        CompletableFuture<Lookup> late = api.waits();
        CompletableFuture<Lookup> first = begin();
        time.move(SampleCompletion.API_TIME);
        assertThat(first).isCompletedWithValue(sample(5, "10.0.0.1"));

        assertThat(poll()).isEqualTo(sample(5, "10.0.0.1"));
        assertThat(api.polls()).hasSize(1);

        late.complete(all(0, "10.0.0.9"));
        api.returns(all(0, "10.0.0.1", "10.0.0.2"));
        assertThat(poll()).isEqualTo(all(5, "10.0.0.1", "10.0.0.2"));
    }

    @Test
    void theApiGetsTheTimeThatDnsLeft() throws Exception {
        CompletableFuture<Lookup> lateDns = dns.waits();
        api.waits();
        CompletableFuture<Lookup> answer = begin();
        Duration left = SampleCompletion.API_TIME.dividedBy(2);
        time.move(Timing.QUERY_TIME.minus(left));

        lateDns.complete(sample(5, "10.0.0.1"));

        time.move(left.minusMillis(1));
        assertThat(answer).isNotDone();
        time.move(Duration.ofMillis(1));
        assertThat(answer).isCompletedWithValue(sample(5, "10.0.0.1"));
    }

    private Lookup poll() throws Exception {
        return begin().get();
    }

    private CompletableFuture<Lookup> begin() {
        return source.poll().toCompletableFuture();
    }

    private double failures() {
        return registry.counter("mesh.discovery.failures", "name", "echo.test", "reason", "API")
                .count();
    }
}
