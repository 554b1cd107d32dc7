package io.weathermesh.local.trials.chaos;

import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.trials.chaos.ScheduledFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What happens when, drawn from a seed: the same seed and length make the same schedule. */
final class FaultSchedule {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<DnsFault> FAULTS = Arrays.stream(DnsFault.values())
            .filter(fault -> fault != DnsFault.OK)
            .toList();

    /** Only these kinds of the gateway: in the others, what it is just answering is lost. */
    private static final Set<Kind> OF_THE_GATEWAY_TOO = Set.of(Kind.STOP, Kind.DEPLOY);

    /** All that run. */
    static final List<String> SERVICES = names(ServiceDefinition.ALL);

    private static final List<String> PROVIDERS = names(ServiceDefinition.PROVIDERS);

    /** Time without faults at both ends: to see the system well before, and recover after. */
    private static final Duration CALM = Duration.ofSeconds(5);

    private static final int LEAST_PAUSE_MILLIS = 4_000;
    private static final int MOST_PAUSE_MILLIS = 14_000;
    private static final int LEAST_LASTING = 3;
    private static final int MOST_LASTING = 12;
    private static final int LEAST_TASKS = 2;
    private static final int MOST_TASKS = 4;
    private static final int LEAST_SLOW_MILLIS = 20;
    private static final int MOST_SLOW_MILLIS = 300;

    /** Changes of the registry may show this late, and tasks still leave in order: they wait for 5 s of it. */
    private static final int LEAST_LATE_SECONDS = 2;

    private static final int MOST_LATE_SECONDS = 5;
    private static final int MANY = 1_000;

    private final Random random;

    private static List<String> names(List<ServiceDefinition> services) {
        return services.stream().map(ServiceDefinition::name).toList();
    }

    private FaultSchedule(Random random) {
        this.random = random;
    }

    static List<ScheduledFault> of(long seed, Duration length) {
        FaultSchedule schedule = new FaultSchedule(new Random(seed));
        List<ScheduledFault> strikes = new ArrayList<>();
        Duration at = CALM.plusMillis(schedule.between(0, LEAST_PAUSE_MILLIS));
        while (at.compareTo(length.minus(CALM)) < 0) {
            strikes.add(schedule.strike(at));
            at = at.plusMillis(schedule.between(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
        }
        return List.copyOf(strikes);
    }

    private ScheduledFault strike(Duration at) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        List<String> services = OF_THE_GATEWAY_TOO.contains(kind) ? SERVICES : PROVIDERS;
        String service = services.get(random.nextInt(services.size()));
        int pick = random.nextInt(MANY);
        Duration lasts = Duration.ofSeconds(between(LEAST_LASTING, MOST_LASTING));
        return switch (kind) {
            case KILL, STOP, DEPLOY -> new ScheduledFault(at, kind, service, pick, "", Duration.ZERO);
            case FREEZE -> new ScheduledFault(at, kind, service, pick, "", lasts);
            case SLOW ->
                new ScheduledFault(
                        at, kind, service, pick, Integer.toString(between(LEAST_SLOW_MILLIS, MOST_SLOW_MILLIS)), lasts);
            case SCALE ->
                new ScheduledFault(
                        at, kind, service, pick, Integer.toString(between(LEAST_TASKS, MOST_TASKS)), Duration.ZERO);
            case DNS -> new ScheduledFault(at, kind, "", pick, modeOfDns(), lasts);
            case KILL_DNS -> new ScheduledFault(at, kind, "", pick, "", lasts);
        };
    }

    private String modeOfDns() {
        int mode = random.nextInt(FAULTS.size() + 1);
        return mode < FAULTS.size()
                ? FAULTS.get(mode).word()
                : "late " + between(LEAST_LATE_SECONDS, MOST_LATE_SECONDS);
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
