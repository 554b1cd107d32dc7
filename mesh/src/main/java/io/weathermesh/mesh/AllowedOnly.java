package io.weathermesh.mesh;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes addresses that must not be dialled out of a source's answers, before anybody sees them. */
final class AllowedOnly implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(AllowedOnly.class);

    /** More refused addresses than this are counted but no longer logged: a hostile answer must not fill the log. */
    private static final int MAX_REMEMBERED = 100;

    private final String name;
    private final AllowedRange range;
    private final AddressSource source;
    private final DiscoveryMeters meters;
    private final Set<InetAddress> refused = new HashSet<>();

    AllowedOnly(String name, AllowedRange range, AddressSource source, DiscoveryMeters meters) {
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
                ? new Lookup.Failed(Lookup.Reason.NOT_ALLOWED, "no address of the answer may be dialled")
                : new Lookup.Found(allowed, found.complete(), found.ttl());
    }

    private void refuse(TaskAddress task) {
        meters.refusedAddress();
        if (refused.size() < MAX_REMEMBERED && refused.add(task.ip())) {
            LOG.warn("{}: refuses {}, which is outside of {} ({})", name, task, range, AllowedRange.SETTING);
        }
    }
}
