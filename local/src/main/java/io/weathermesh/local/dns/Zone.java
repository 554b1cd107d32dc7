package io.weathermesh.local.dns;

import io.weathermesh.mesh.MeshNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The private zone of the namespace: answers queries as Route 53 does for names with multivalue routing.
 *
 * <p>An answer has at most eight healthy records, chosen at random; if none is healthy, up to eight unhealthy ones (ECS
 * developer guide). A name without instances does not exist. Not safe for use by many threads.
 */
final class Zone {
    /** The limit of Route 53 for multivalue answers. */
    static final int MAX_RECORDS = 8;

    /** Route 53's limit of a message over UDP with EDNS. */
    static final int EDNS_BYTES = 4_096;

    /** BADVERS is 16: the header has room for the lower four bits, which are 0. */
    private static final int BADVERS_UPPER_BITS = 1;

    private static final Name APEX = Name.fromConstantString(MeshNames.NAMESPACE + ".");
    private static final Name NAME_SERVER = Name.fromConstantString("ns-1536.awsdns-00.co.uk.");
    private static final Name HOSTMASTER = Name.fromConstantString("awsdns-hostmaster.amazon.com.");
    private static final long NAME_SERVER_TTL = Duration.ofDays(2).toSeconds();

    private final Registry registry;
    private final Random random;
    private final long ttl;
    private final long negativeTtl;

    Zone(Registry registry, Random random, Duration ttl, Duration negativeTtl) {
        this.registry = registry;
        this.random = random;
        this.ttl = ttl.toSeconds();
        this.negativeTtl = negativeTtl.toSeconds();
    }

    /** The answer to a query; its response code describes the error of an invalid query. */
    Message answer(Message query) {
        Message answer = answerTo(query);
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return withRcode(answer, Rcode.NOTIMP);
        }
        OPTRecord opt = query.getOPT();
        if (opt != null && opt.getVersion() > 0) {
            answer.removeAllRecords(Section.ADDITIONAL);
            answer.addRecord(new OPTRecord(EDNS_BYTES, BADVERS_UPPER_BITS, 0), Section.ADDITIONAL);
            return answer;
        }
        Record question = query.getQuestion();
        if (question == null || query.getSection(Section.QUESTION).size() != 1) {
            return withRcode(answer, Rcode.FORMERR);
        }
        if (question.getDClass() != DClass.IN
                || !question.getName().subdomain(APEX)
                || question.getType() == Type.AXFR
                || question.getType() == Type.IXFR) {
            return withRcode(answer, Rcode.REFUSED);
        }
        answer.getHeader().setFlag(Flags.AA);
        fill(answer, question);
        return answer;
    }

    /** An answer without records. */
    static Message answerTo(Message query) {
        Message answer = new Message(query.getHeader().getID());
        Header header = answer.getHeader();
        header.setOpcode(query.getHeader().getOpcode());
        header.setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        Record question = query.getQuestion();
        if (question != null) {
            answer.addRecord(question, Section.QUESTION);
        }
        if (query.getOPT() != null) {
            int dnssecOk = query.getOPT().getFlags() & ExtendedFlags.DO;
            answer.addRecord(new OPTRecord(EDNS_BYTES, 0, 0, dnssecOk), Section.ADDITIONAL);
        }
        return answer;
    }

    static Message withRcode(Message answer, int rcode) {
        answer.getHeader().setRcode(rcode);
        return answer;
    }

    /** Says in the authority section how long the absence of an answer may be kept. */
    void addStartOfAuthority(Message answer) {
        answer.addRecord(startOfAuthority(APEX, negativeTtl), Section.AUTHORITY);
    }

    private void fill(Message answer, Record question) {
        Name name = question.getName();
        if (name.equals(APEX)) {
            fillApex(answer, question);
        } else {
            List<Instance> shown = instancesFor(name);
            if (shown.isEmpty()) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            if (matches(question, Type.A)) {
                shown.forEach(instance -> answer.addRecord(address(name, instance), Section.ANSWER));
            }
            if (matches(question, Type.SRV) && name.labels() == APEX.labels() + 1) {
                fillServices(answer, name, shown);
            }
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            addStartOfAuthority(answer);
        }
    }

    private void fillApex(Message answer, Record question) {
        if (matches(question, Type.SOA)) {
            answer.addRecord(startOfAuthority(question.getName(), negativeTtl), Section.ANSWER);
        }
        if (matches(question, Type.NS)) {
            answer.addRecord(new NSRecord(question.getName(), DClass.IN, NAME_SERVER_TTL, NAME_SERVER), Section.ANSWER);
        }
    }

    private void fillServices(Message answer, Name name, List<Instance> shown) {
        for (Instance instance : shown) {
            Name target =
                    Name.fromConstantString(instance.id() + "." + instance.service() + "." + MeshNames.NAMESPACE + ".");
            answer.addRecord(new SRVRecord(name, DClass.IN, ttl, 1, 1, instance.port(), target), Section.ANSWER);
            answer.addRecord(address(target, instance), Section.ADDITIONAL);
        }
    }

    /** The instances for a name in one answer: a choice of a service's instances, or one instance by its own name. */
    private List<Instance> instancesFor(Name name) {
        String first = label(name, 0);
        return switch (name.labels() - APEX.labels()) {
            case 1 -> choose(registry.instancesOf(first));
            case 2 ->
                registry.instancesOf(label(name, 1)).stream()
                        .filter(instance -> instance.id().equals(first))
                        .toList();
            default -> List.of();
        };
    }

    private List<Instance> choose(List<Instance> all) {
        List<Instance> healthy =
                new ArrayList<>(all.stream().filter(Instance::healthy).toList());
        List<Instance> candidates = healthy.isEmpty() ? new ArrayList<>(all) : healthy;
        Collections.shuffle(candidates, random);
        return candidates.subList(0, Math.min(MAX_RECORDS, candidates.size()));
    }

    private ARecord address(Name owner, Instance instance) {
        return new ARecord(owner, DClass.IN, ttl, instance.address());
    }

    private SOARecord startOfAuthority(Name owner, long recordTtl) {
        return new SOARecord(
                owner, DClass.IN, recordTtl, NAME_SERVER, HOSTMASTER, 1, 7_200, 900, 1_209_600, negativeTtl);
    }

    private static boolean matches(Record question, int type) {
        return question.getType() == type || question.getType() == Type.ANY;
    }

    private static String label(Name name, int index) {
        return name.getLabelString(index).toLowerCase(Locale.ROOT);
    }
}
