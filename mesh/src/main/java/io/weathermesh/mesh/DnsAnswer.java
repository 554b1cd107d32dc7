package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reads the tasks from a DNS response to a query for A records. */
final class DnsAnswer {
    /**
     * Route 53 returns at most eight records of a multivalue name, chosen at random: fewer are all of them, eight may be a
     * sample.
     */
    static final int SAMPLE_SIZE = 8;

    /** The longest chain of CNAME records; a recursive name server returns all of it in one response. */
    static final int MAX_ALIASES = 8;

    private DnsAnswer() {}

    static Lookup read(Name queried, Message response) {
        if (response.getHeader().getFlag(Flags.TC)) {
            // Over TCP too: what is left of the answer would pass for all tasks.
            return new Failed(Reason.GARBAGE, "truncated even over TCP");
        }
        return switch (response.getRcode()) {
            case Rcode.NOERROR -> addresses(queried, response.getSection(Section.ANSWER));
            case Rcode.NXDOMAIN -> new Failed(Reason.NXDOMAIN, "NXDOMAIN, the name does not exist");
            case Rcode.SERVFAIL -> new Failed(Reason.SERVFAIL, "SERVFAIL");
            default -> new Failed(Reason.REFUSED, Rcode.string(response.getRcode()));
        };
    }

    private static Lookup addresses(Name queried, List<Record> answer) {
        Name owner = queried;
        long ttl = Long.MAX_VALUE;
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            Set<TaskAddress> tasks = new LinkedHashSet<>();
            Name alias = owner;
            for (Record record : answer) {
                if (record.getDClass() != DClass.IN || !record.getName().equals(owner)) {
                    continue;
                }
                if (record instanceof ARecord address) {
                    tasks.add(TaskAddress.of(address.getAddress()));
                    ttl = Math.min(ttl, record.getTTL());
                } else if (record instanceof CNAMERecord cname) {
                    alias = cname.getTarget();
                    ttl = Math.min(ttl, record.getTTL());
                }
            }
            if (!tasks.isEmpty()) {
                return new Found(List.copyOf(tasks), tasks.size() < SAMPLE_SIZE, Duration.ofSeconds(ttl));
            }
            if (alias.equals(owner)) {
                return new Failed(Reason.EMPTY, "the name has no " + Type.string(Type.A) + " record");
            }
            owner = alias;
        }
        return new Failed(Reason.GARBAGE, "the chain of aliases is longer than " + MAX_ALIASES);
    }
}
