package io.weathermesh.local.aws;

import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.FleetRules;
import io.weathermesh.local.fleet.HealthProbe;
import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.local.fleet.Targets;
import io.weathermesh.local.fleet.TaskProcess;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Creates fleets whose tasks have no processes: each is healthy at once, and ends at the first signal. */
public final class FakeTasks {
    private FakeTasks() {}

    public static Fleet fleet(Registrar registrar) {
        return new Fleet(
                (service, task, address) -> new FakeProcess(),
                (service, address) -> new Healthy(),
                registrar,
                new NoTargets(),
                (subject, event) -> {},
                new FleetRules(
                        Duration.ofMillis(200),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        20),
                Clock.systemUTC());
    }

    private static final class FakeProcess implements TaskProcess {
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void terminate() {
            exit.complete(143);
        }

        @Override
        public void kill() {
            exit.complete(137);
        }

        @Override
        public void freeze() {}

        @Override
        public void slow(Duration pause) {}

        @Override
        public void thaw() {}
    }

    private record Healthy() implements HealthProbe {
        @Override
        public CompletableFuture<Boolean> check() {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void close() {}
    }

    private record NoTargets() implements Targets {
        @Override
        public void add(InetSocketAddress target) {}

        @Override
        public CompletableFuture<Void> remove(InetSocketAddress target) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
