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
 * The tasks of a service from DNS. Queries A records of the absolute name, over UDP with EDNS, over TCP if the response
 * was truncated; ignores responses with another id or question. Bypasses the caches of the JVM and of gRPC.
 *
 * <p>A poll is at most two tries. After any failure the next try, in this poll or the next one, goes to the next name
 * server: whatever is wrong with one, even a name that it does not know, another one may answer. If there is only one, the
 * second try is made only after a timeout, since a server that refused would refuse again.
 */
final class DnsSource implements AddressSource {
    /** The setting of the name servers; by default those of the operating system. */
    static final String SERVERS_SETTING = "MESH_DNS_SERVERS";

    /** The largest UDP response that is not fragmented (DNS flag day 2020). */
    private static final int EDNS_BYTES = 1232;

    static final int TRIES = 2;

    /** The longest that one try may take, over UDP and TCP together. */
    static final Duration TRY_TIME = Timing.QUERY_TIME.dividedBy(TRIES);

    private final Name name;
    private final List<SimpleResolver> servers;
    private final Executor executor;
    private final Duration tryTime;
    private int current;

    /**
     * @param host the name, without a trailing dot
     * @param servers the name servers; the first is queried until it fails
     * @param executor runs what follows a response; in the JVM's common pool, which other code of the process may
     *     block, responses would time out
     */
    DnsSource(String host, List<InetSocketAddress> servers, Executor executor) {
        this(host, servers, executor, TRY_TIME);
    }

    /** @param tryTime the longest that one try may take, over UDP and TCP together */
    DnsSource(String host, List<InetSocketAddress> servers, Executor executor, Duration tryTime) {
        this.name = absolute(host);
        this.executor = executor;
        this.tryTime = tryTime;
        this.servers = servers.stream().map(server -> client(server, tryTime)).toList();
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no name server is configured: set " + SERVERS_SETTING);
        }
    }

    private static Name absolute(String host) {
        try {
            return Name.fromString(host + ".");
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + host + "' is not a valid DNS name", e);
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
        return attempt(1, "");
    }

    /** @param earlier the details of the failed tries before */
    private CompletionStage<Lookup> attempt(int attempt, String earlier) {
        SimpleResolver server = servers.get(current);
        return query(server).thenCompose(lookup -> {
            if (!(lookup instanceof Failed failed)) {
                return CompletableFuture.completedFuture(lookup);
            }
            current = (current + 1) % servers.size();
            String detail = earlier.isEmpty() ? failed.detail() : earlier + "; " + failed.detail();
            boolean another = servers.size() > 1 || failed.reason() == Reason.TIMEOUT;
            return attempt < TRIES && another
                    ? attempt(attempt + 1, detail)
                    : CompletableFuture.completedFuture(new Failed(failed.reason(), detail));
        });
    }

    private CompletionStage<Lookup> query(SimpleResolver server) {
        return response(server)
                .toCompletableFuture()
                .orTimeout(tryTime.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> withServer(server, DnsAnswer.read(name, response)))
                .exceptionally(failure -> failed(server, failure));
    }

    /** An address that the operating system cannot send to, as of a link without route, is a failure like another. */
    private CompletionStage<Message> response(SimpleResolver server) {
        try {
            return server.sendAsync(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN)), executor);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Lookup withServer(SimpleResolver server, Lookup lookup) {
        return lookup instanceof Failed failed
                ? new Failed(failed.reason(), addressOf(server) + " responded: " + failed.detail())
                : lookup;
    }

    private static String addressOf(SimpleResolver server) {
        InetSocketAddress address = server.getAddress();
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static Lookup failed(SimpleResolver server, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof WireParseException)) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
            return new Failed(Reason.TIMEOUT, addressOf(server) + " did not respond");
        }
        if (cause instanceof WireParseException || cause instanceof EOFException) {
            return new Failed(Reason.GARBAGE, addressOf(server) + " responded: " + cause.getMessage());
        }
        return new Failed(Reason.ERROR, addressOf(server) + " could not be queried: " + cause);
    }
}
