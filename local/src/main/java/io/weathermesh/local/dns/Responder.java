package io.weathermesh.local.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * From the bytes of a query to the bytes of its reply, faults included. Never throws for what a client sends: what
 * cannot be read is answered FORMERR where it has a header, else with silence, and so is a message that is itself an
 * answer (two servers must not talk to each other for ever).
 *
 * <p>Used by one thread; {@link #misbehave} may be called by any.
 */
final class Responder {
    /** A client without EDNS takes no more over UDP. */
    static final int PLAIN_UDP_BYTES = 512;

    private static final Duration SLOWNESS = Duration.ofMillis(700);

    private final Zone zone;
    private final Random random;
    private volatile DnsFault fault = DnsFault.OK;

    Responder(Zone zone, Random random) {
        this.zone = zone;
        this.random = random;
    }

    void misbehave(DnsFault how) {
        fault = how;
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
            return Reply.SILENCE;
        }
        if (now == DnsFault.GARBAGE) {
            byte[] garbage = new byte[1 + random.nextInt(64)];
            random.nextBytes(garbage);
            return new Reply(garbage, Duration.ZERO);
        }
        Duration delay = now == DnsFault.SLOW ? SLOWNESS : Duration.ZERO;
        try {
            Message query = new Message(bytes);
            return new Reply(answer(now, query).toWire(room(query, tcp)), delay);
        } catch (IOException | RuntimeException e) {
            // The parser throws some of both for what is not a message.
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
