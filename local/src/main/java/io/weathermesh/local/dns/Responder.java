package io.weathermesh.local.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * Turns the bytes of a query into those of the reply, faults included. Never throws for the content of a query: one that
 * cannot be parsed gets FORMERR if it has a header, and no reply otherwise. A message that is itself a response gets none
 * either, since two servers could exchange them for ever.
 *
 * <p>Used by one thread; {@link #fault} may be called by any.
 */
final class Responder {
    /** The limit of a message over UDP without EDNS (RFC 1035). */
    static final int PLAIN_UDP_BYTES = 512;

    private static final Duration SLOW_DELAY = Duration.ofMillis(700);

    private final Zone zone;
    private final Random random;
    private volatile DnsFault fault = DnsFault.OK;

    Responder(Zone zone, Random random) {
        this.zone = zone;
        this.random = random;
    }

    void fault(DnsFault next) {
        fault = next;
    }

    Reply overUdp(byte[] query) {
        return reply(query, false);
    }

    Reply overTcp(byte[] query) {
        return reply(query, true);
    }

    private Reply reply(byte[] bytes, boolean tcp) {
        DnsFault now = fault;
        if (now == DnsFault.SILENT || bytes.length < Header.LENGTH || isAnswer(bytes)) {
            return Reply.NONE;
        }
        if (now == DnsFault.GARBAGE) {
            byte[] garbage = new byte[1 + random.nextInt(64)];
            random.nextBytes(garbage);
            return new Reply(garbage, Duration.ZERO);
        }
        Duration delay = now == DnsFault.SLOW ? SLOW_DELAY : Duration.ZERO;
        try {
            Message query = new Message(bytes);
            return new Reply(answer(now, query).toWire(room(query, tcp)), delay);
        } catch (IOException | RuntimeException e) {
            // The parser throws both for bytes that are no message.
            return new Reply(formatError(bytes), delay);
        }
    }

    private Message answer(DnsFault now, Message query) {
        return switch (now) {
            case SERVFAIL -> Zone.withRcode(Zone.answerTo(query), Rcode.SERVFAIL);
            case NXDOMAIN, EMPTY -> {
                Message answer = Zone.answerTo(query);
                answer.getHeader().setFlag(Flags.AA);
                zone.addStartOfAuthority(answer);
                yield now == DnsFault.EMPTY ? answer : Zone.withRcode(answer, Rcode.NXDOMAIN);
            }
            default -> zone.answer(query);
        };
    }

    private static int room(Message query, boolean tcp) {
        if (tcp) {
            return Message.MAXLENGTH;
        }
        int offered = query.getOPT() == null ? 0 : query.getOPT().getPayloadSize();
        return Math.max(PLAIN_UDP_BYTES, Math.min(offered, Zone.EDNS_BYTES));
    }

    private static boolean isAnswer(byte[] bytes) {
        return (bytes[2] & 0x80) != 0;
    }

    private static byte[] formatError(byte[] query) {
        Header header = new Header(((query[0] & 0xFF) << 8) | (query[1] & 0xFF));
        header.setFlag(Flags.QR);
        header.setRcode(Rcode.FORMERR);
        return header.toWire();
    }
}
