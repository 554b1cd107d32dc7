package io.weathermesh.mesh;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes addresses outside the allowed range from the results of a source. */
final class AddressFilter implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(AddressFilter.class);

    /** Refused addresses beyond this number are counted but not logged: a hostile answer must not fill the log. */
    private static final int MAX_LOGGED = 100;

    private final String name;
    private final AllowedRange range;
    private final AddressSource source;
    private final DiscoveryMeters meters;
    private final Set<InetAddress> refused = new HashSet<>();

    AddressFilter(String name, AllowedRange range, AddressSource source, DiscoveryMeters meters) {
        this.name = name;
        this.range = range;
        this.source = source;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Lookup> poll() {
        return source.poll().thenApply(lookup -> lookup instanceof Lookup.Found found ? filtered(found) : lookup);
    }

    private Lookup filtered(Lookup.Found found) {
        List<TaskAddress> allowed = new ArrayList<>();
        for (TaskAddress task : found.tasks()) {
            if (range.contains(task.ip())) {
                allowed.add(task);
            } else {
                refuse(task);
            }
        }
        return allowed.isEmpty()
                ? new Lookup.Failed(
                        Lookup.Reason.NOT_ALLOWED,
                        "every address in the answer is outside " + range + " (" + AllowedRange.SETTING + ")")
                : new Lookup.Found(allowed, found.complete(), found.ttl());
    }

    private void refuse(TaskAddress task) {
        meters.refusedAddress();
        if (refused.size() < MAX_LOGGED && refused.add(task.ip())) {
            LOG.warn("{}: refused address {}, which is outside {} ({})", name, task, range, AllowedRange.SETTING);
        }
    }
}
