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

/** Draws faults from a seed: the same seed and length make the same schedule. */
final class FaultSchedule {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<DnsFault> DNS_FAULTS = Arrays.stream(DnsFault.values())
            .filter(fault -> fault != DnsFault.OK)
            .toList();

    /** The kinds that the gateway gets too: in the others, it loses the requests in flight. */
    private static final Set<Kind> GATEWAY_KINDS = Set.of(Kind.STOP, Kind.DEPLOY);

    static final List<String> SERVICES = names(ServiceDefinition.ALL);

    private static final List<String> PROVIDERS = names(ServiceDefinition.PROVIDERS);

    /** Time without faults at both ends, so that the system is healthy before and recovers after. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final int MIN_PAUSE_MILLIS = 4_000;
    private static final int MAX_PAUSE_MILLIS = 14_000;
    private static final int MIN_SECONDS = 3;
    private static final int MAX_SECONDS = 12;
    private static final int MIN_TASKS = 2;
    private static final int MAX_TASKS = 4;
    private static final int MIN_SLOW_MILLIS = 20;
    private static final int MAX_SLOW_MILLIS = 300;

    /** A lag of DNS during which no call is lost: a task that stops keeps serving for 5 s of it. */
    private static final int MIN_LATE_SECONDS = 2;

    private static final int MAX_LATE_SECONDS = 5;
    /** Exclusive: far above the number of tasks. */
    private static final int MAX_PICK = 1_000;

    private final Random random;

    private static List<String> names(List<ServiceDefinition> services) {
        return services.stream().map(ServiceDefinition::name).toList();
    }

    private FaultSchedule(Random random) {
        this.random = random;
    }

    static List<ScheduledFault> of(long seed, Duration length) {
        FaultSchedule schedule = new FaultSchedule(new Random(seed));
        List<ScheduledFault> faults = new ArrayList<>();
        Duration at = QUIET.plusMillis(schedule.between(0, MIN_PAUSE_MILLIS));
        while (at.compareTo(length.minus(QUIET)) < 0) {
            faults.add(schedule.faultAt(at));
            at = at.plusMillis(schedule.between(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
        }
        return List.copyOf(faults);
    }

    private ScheduledFault faultAt(Duration at) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        List<String> services = GATEWAY_KINDS.contains(kind) ? SERVICES : PROVIDERS;
        String service = services.get(random.nextInt(services.size()));
        int pick = random.nextInt(MAX_PICK);
        Duration lasts = Duration.ofSeconds(between(MIN_SECONDS, MAX_SECONDS));
        return switch (kind) {
            case KILL, STOP, DEPLOY -> new ScheduledFault(at, kind, service, pick, "", Duration.ZERO);
            case FREEZE -> new ScheduledFault(at, kind, service, pick, "", lasts);
            case SLOW ->
                new ScheduledFault(
                        at, kind, service, pick, Integer.toString(between(MIN_SLOW_MILLIS, MAX_SLOW_MILLIS)), lasts);
            case SCALE ->
                new ScheduledFault(
                        at, kind, service, pick, Integer.toString(between(MIN_TASKS, MAX_TASKS)), Duration.ZERO);
            case DNS -> new ScheduledFault(at, kind, "", pick, dnsMode(), lasts);
            case KILL_DNS -> new ScheduledFault(at, kind, "", pick, "", lasts);
        };
    }

    private String dnsMode() {
        int mode = random.nextInt(DNS_FAULTS.size() + 1);
        return mode < DNS_FAULTS.size()
                ? DNS_FAULTS.get(mode).word()
                : "late " + between(MIN_LATE_SECONDS, MAX_LATE_SECONDS);
    }

    private int between(int min, int max) {
        return min + random.nextInt(max - min + 1);
    }
}
