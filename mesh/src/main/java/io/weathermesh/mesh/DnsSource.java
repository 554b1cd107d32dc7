package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Reason;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * The tasks of a service as DNS tells them. Asks for A records of the absolute name, over UDP with EDNS, over TCP when
 * the reply was truncated; replies with a strange id or question are no replies. No cache stands between: neither the
 * JVM's nor gRPC's.
 *
 * <p>A poll is at most two tries. The second goes to the next name server, or, where there is one only, is made only
 * after silence: one that says no would say it again.
 */
final class DnsSource implements AddressSource {
    /** The size that survives without fragments (DNS flag day 2020). */
    private static final int EDNS_BYTES = 1232;

    static final int TRIES = 2;

    /** How long one try may take, over UDP and TCP together. */
    static final Duration TRY_TIME = MeshTimings.QUERY_TIME.dividedBy(TRIES);

    private final Name name;
    private final List<SimpleResolver> servers;
    private final Executor replies;
    private final Duration tryTime;
    private int current;

    /**
     * @param host the name, without a dot at its end
     * @param servers whom to ask; the first is asked until it fails
     * @param replies where replies are read; the JVM's common pool, which whoever shares the process may have blocked,
     *     would turn answers into silence
     */
    DnsSource(String host, List<InetSocketAddress> servers, Executor replies) {
        this(host, servers, replies, TRY_TIME);
    }

    /** @param tryTime how long one try may take, over UDP and TCP together */
    DnsSource(String host, List<InetSocketAddress> servers, Executor replies, Duration tryTime) {
        this.name = absolute(host);
        this.replies = replies;
        this.tryTime = tryTime;
        this.servers = servers.stream().map(server -> client(server, tryTime)).toList();
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no name server is known: set MESH_DNS_SERVERS");
        }
    }

    private static Name absolute(String host) {
        try {
            return Name.fromString(host + ".");
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + host + "' is not a name that DNS could know", e);
        }
    }

    private static SimpleResolver client(InetSocketAddress server, Duration tryTime) {
        SimpleResolver client = new SimpleResolver(server);
        client.setEDNS(0, EDNS_BYTES, 0, List.of());
        client.setTimeout(tryTime);
        return client;
    }

    @Override
    public CompletionStage<Lookup> poll() {
        return attempt(TRIES);
    }

    private CompletionStage<Lookup> attempt(int triesLeft) {
        SimpleResolver server = servers.get(current);
        return ask(server).thenCompose(lookup -> {
            if (!(lookup instanceof Failed failed) || !isServersFault(failed)) {
                return CompletableFuture.completedFuture(lookup);
            }
            current = (current + 1) % servers.size();
            boolean another = servers.size() > 1 || failed.reason() == Reason.TIMEOUT;
            return triesLeft > 1 && another ? attempt(triesLeft - 1) : CompletableFuture.completedFuture(lookup);
        });
    }

    private CompletionStage<Lookup> ask(SimpleResolver server) {
        Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));
        return server.sendAsync(query, replies)
                .toCompletableFuture()
                .orTimeout(tryTime.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(reply -> DnsAnswer.read(name, reply))
                .exceptionally(failure -> failed(server, failure));
    }

    private static boolean isServersFault(Failed failed) {
        return failed.reason() != Reason.NXDOMAIN && failed.reason() != Reason.EMPTY;
    }

    private static Lookup failed(SimpleResolver server, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof WireParseException)) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
            return new Failed(Reason.TIMEOUT, server.getAddress() + " did not answer");
        }
        if (cause instanceof WireParseException || cause instanceof EOFException) {
            return new Failed(Reason.GARBAGE, server.getAddress() + " answered: " + cause.getMessage());
        }
        return new Failed(Reason.ERROR, server.getAddress() + " could not be asked: " + cause);
    }
}
