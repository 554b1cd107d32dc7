package io.weathermesh.local.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The registry fed with lines, as in the name server; the tests move the time. */
final class RegistryTest {
    private static final String HUMIDITY = "humidity-provider";

    private final AtomicLong nanos = new AtomicLong();
    private final Registry registry = new Registry(nanos::get, Duration.ZERO);
    private final Responder responder = new Responder(
            new Zone(registry, new Random(1), Duration.ofSeconds(2), Duration.ofSeconds(2)), new Random(2));
    private final RegistryFeed feed = new RegistryFeed(registry, responder);

    @Test
    void theHealthOfAnUnknownInstanceChangesNothing() {
        feed.apply("unhealthy humidity-provider h1");
        assertThat(shown()).isEmpty();
        feed.apply("register humidity-provider h1 127.0.2.1 50051");
        feed.apply("deregister humidity-provider h1");
        feed.apply("unhealthy humidity-provider h1");
        feed.apply("unhealthy humidity-provider h2");
        assertThat(shown()).isEmpty();
    }

    @Test
    void theHealthOfAnInstanceIsVisible() {
        feed.apply("register humidity-provider h1 127.0.2.1 50051");
        feed.apply("unhealthy humidity-provider h1");
        assertThat(registry.instancesOf(HUMIDITY)).singleElement().matches(instance -> !instance.healthy());
        feed.apply("healthy humidity-provider h1");
        assertThat(registry.instancesOf(HUMIDITY)).singleElement().matches(Instance::healthy);
    }

    @Test
    void aFullServiceAcceptsANewAddressOfAnInstanceAndNoNewInstance() {
        for (int number = 1; number <= Registry.MAX_INSTANCES; number++) {
            feed.apply("register humidity-provider h" + number + " 127.0.2.1 50051");
        }
        feed.apply("register humidity-provider h7 127.0.2.77 50051");
        feed.apply("register humidity-provider one-too-many 127.0.2.1 50051");
        assertThat(registry.instancesOf(HUMIDITY)).hasSize(Registry.MAX_INSTANCES);
        assertThat(registry.instancesOf(HUMIDITY))
                .filteredOn(instance -> instance.address().getHostAddress().equals("127.0.2.77"))
                .extracting(Instance::id)
                .containsExactly("h7");
    }

    @Test
    void aShorterLagAppliesToPendingChanges() {
        feed.apply("lag 60000");
        feed.apply("register humidity-provider h1 127.0.2.1 50051");
        assertThat(shown()).isEmpty();
        feed.apply("lag 2000");
        feed.apply("register humidity-provider h2 127.0.2.2 50051");
        pass(Duration.ofSeconds(2));
        assertThat(shown()).containsExactly("h1", "h2");
    }

    @Test
    void aLongerLagDoesNotHideVisibleChanges() {
        feed.apply("register humidity-provider h1 127.0.2.1 50051");
        feed.apply("lag 60000");
        feed.apply("deregister humidity-provider h1");
        pass(Duration.ofSeconds(59));
        assertThat(shown()).containsExactly("h1");
        pass(Duration.ofSeconds(1));
        assertThat(shown()).isEmpty();
    }

    @Test
    void aFaultIsParsedFromItsNameOnTheCommandLine() {
        feed.apply("fault silent");
        assertThat(responder.overUdp(new byte[64]).bytes()).isEmpty();
        feed.apply("fault ok");
        assertThat(responder.overUdp(new byte[64]).bytes()).isNotEmpty();
        assertThatThrownBy(() -> feed.apply("fault broken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the DNS fault is 'broken', but must be one of " + DnsFault.WORDS);
    }

    @Test
    void anUnknownLineIsNamedInTheError() {
        assertThatThrownBy(() -> feed.apply("register-all x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown line: register-all x");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<String> shown() {
        return registry.instancesOf(HUMIDITY).stream().map(Instance::id).toList();
    }
}
