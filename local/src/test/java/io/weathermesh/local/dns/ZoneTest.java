package io.weathermesh.local.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ZoneTest {
    private static final String HUMIDITY = "humidity-provider.weather-api.";

    private final AtomicLong nanos = new AtomicLong();
    private final Registry registry = new Registry(nanos::get, Duration.ZERO);
    private final Zone zone = new Zone(registry, new Random(1), Duration.ofSeconds(10), Duration.ofSeconds(5));

    @Test
    void aNameWithUpToEightTasksAnswersWithAllOfThem() {
        register(8);
        assertThat(addresses(ask(HUMIDITY, Type.A))).hasSize(8);
    }

    @Test
    void anAnswerForTwelveTasksHasEightAndThirtyAnswersHaveAll() {
        register(12);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            List<String> answer = addresses(ask(HUMIDITY, Type.A));
            assertThat(answer).hasSize(8).doesNotHaveDuplicates();
            seen.addAll(answer);
        }
        assertThat(seen).hasSize(12);
    }

    @Test
    void anUnhealthyTaskIsLeftOutUnlessAllAreUnhealthy() {
        register(3);
        registry.health("humidity-provider", "t1", false);
        assertThat(addresses(ask(HUMIDITY, Type.A))).containsExactlyInAnyOrder("127.0.2.2", "127.0.2.3");
        registry.health("humidity-provider", "t2", false);
        registry.health("humidity-provider", "t3", false);
        assertThat(addresses(ask(HUMIDITY, Type.A))).hasSize(3);
    }

    @Test
    void recordsHaveTheCaseOfTheQueryAndTheTtl() {
        register(1);
        Record record = ask("Humidity-PROVIDER.weather-api.", Type.A)
                .getSection(Section.ANSWER)
                .get(0);
        assertThat(record.getName()).hasToString("Humidity-PROVIDER.weather-api.");
        assertThat(record.getTTL()).isEqualTo(10);
    }

    @Test
    void aQueryForAnotherTypeOfAKnownNameHasAnEmptyAnswerWithTheStartOfAuthority() {
        register(1);
        Message answer = ask(HUMIDITY, Type.AAAA);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(negativeTtl(answer)).isEqualTo(5);
    }

    @Test
    void anUnknownNameDoesNotExistForAsLongAsTheStartOfAuthoritySays() {
        Message answer = ask(HUMIDITY, Type.A);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(negativeTtl(answer)).isEqualTo(5);
    }

    @Test
    void servicesNamePortsAndTasks() {
        register(2);
        Message answer = ask(HUMIDITY, Type.SRV);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(2).allSatisfy(record -> {
            SRVRecord service = (SRVRecord) record;
            assertThat(service.getPort()).isEqualTo(50051);
            assertThat(addresses(ask(service.getTarget().toString(), Type.A))).hasSize(1);
        });
        assertThat(answer.getSection(Section.ADDITIONAL)).hasSize(2);
    }

    @Test
    void theZoneItselfHasAStartOfAuthorityAndANameServer() {
        assertThat(ask("weather-api.", Type.SOA).getSection(Section.ANSWER)).hasSize(1);
        assertThat(ask("weather-api.", Type.NS).getSection(Section.ANSWER)).hasSize(1);
        assertThat(ask("weather-api.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aQueryOutsideTheZoneIsRefused() {
        assertThat(ask("example.com.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(ask("weather-api.", Type.AXFR).getRcode()).isEqualTo(Rcode.REFUSED);
        Message chaos = Message.newQuery(Record.newRecord(name(HUMIDITY), Type.A, DClass.CH));
        assertThat(zone.answer(chaos).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void otherOpcodesAreNotImplementedAndTwoQuestionsAreAFormatError() {
        Message notify = query(HUMIDITY, Type.A);
        notify.getHeader().setOpcode(Opcode.NOTIFY);
        assertThat(zone.answer(notify).getRcode()).isEqualTo(Rcode.NOTIMP);
        Message two = query(HUMIDITY, Type.A);
        two.addRecord(Record.newRecord(name("weather-api."), Type.A, DClass.IN), Section.QUESTION);
        assertThat(zone.answer(two).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void anUnknownVersionOfEdnsGetsBadvers() {
        Message query = query(HUMIDITY, Type.A);
        query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        assertThat(zone.answer(query).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void changesAreVisibleAfterTheLagAndInOrder() {
        registry.lag(Duration.ofSeconds(3));
        register(1);
        assertThat(ask(HUMIDITY, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        registry.deregister("humidity-provider", "t1");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(addresses(ask(HUMIDITY, Type.A))).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(ask(HUMIDITY, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    private void register(int tasks) {
        for (int i = 1; i <= tasks; i++) {
            registry.register(new Instance("humidity-provider", "t" + i, address(i), 50051, true));
        }
    }

    private Message ask(String name, int type) {
        return zone.answer(query(name, type));
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private static List<String> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    private static long negativeTtl(Message answer) {
        return ((SOARecord) answer.getSection(Section.AUTHORITY).get(0)).getMinimum();
    }

    static Inet4Address address(int number) {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[] {127, 0, 2, (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
