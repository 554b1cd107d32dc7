package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Context;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import io.weathermesh.aggregator.weather.ProvidersUnavailableException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the log needs of one request beside its response: its id, its trace, its client, its calls. Thread-safe. */
final class RequestRecord {
    private static final AttributeKey<RequestRecord> ATTRIBUTE = AttributeKey.valueOf(RequestRecord.class, "RECORD");

    /** The record of the request that makes the current calls. */
    static final Context.Key<RequestRecord> CONTEXT = Context.key("request-record");

    /** A batch of a hundred places must not get hundreds of headers. */
    private static final int MAX_CALLS = 8;

    private static final double NANOS_PER_TENTH_OF_A_MILLISECOND = 1e5;
    private static final AsciiString SERVER_TIMING = HttpHeaderNames.of("server-timing");

    private final ServiceRequestContext request;
    private final String requestId;
    private final TraceContext trace;
    private final InetAddress client;
    private volatile @Nullable RequestOutcome outcome; // null until it is known
    private final List<RecordedCall> calls = new CopyOnWriteArrayList<>();

    private RequestRecord(ServiceRequestContext request, String requestId, TraceContext trace, InetAddress client) {
        this.request = request;
        this.requestId = requestId;
        this.trace = trace;
        this.client = client;
    }

    static RequestRecord begin(
            ServiceRequestContext request, String requestId, TraceContext trace, InetAddress client) {
        RequestRecord record = new RequestRecord(request, requestId, trace, client);
        request.setAttr(ATTRIBUTE, record);
        return record;
    }

    /** Empty for a request that was refused before it got an id. */
    static Optional<RequestRecord> of(ServiceRequestContext request) {
        return Optional.ofNullable(request.attr(ATTRIBUTE));
    }

    String requestId() {
        return requestId;
    }

    TraceContext trace() {
        return trace;
    }

    /** The address of the client, as {@link ClientAddress} determines it. */
    InetAddress client() {
        return client;
    }

    /** Adds a call, also to {@code Server-Timing} unless the response has been sent. */
    void add(RecordedCall call) {
        if (calls.size() < MAX_CALLS) {
            calls.add(call);
            long tenths = Math.round(call.took().toNanos() / NANOS_PER_TENTH_OF_A_MILLISECOND);
            String entry = call.provider() + ";dur=" + tenths / 10 + "." + tenths % 10;
            request.mutateAdditionalResponseHeaders(headers -> headers.add(SERVER_TIMING, entry));
        }
    }

    void respondedWith(Message message) {
        endedAs(RequestOutcome.of(message));
    }

    /** @param withoutCalls the outcome if the request had made no call */
    void endedAs(RequestOutcome withoutCalls) {
        outcome = withoutCalls.after(calls);
    }

    /** Has an effect only if no provider was available; the status states the rest. */
    void failedWith(Throwable failure) {
        if (Exceptions.peel(failure) instanceof ProvidersUnavailableException unavailable) {
            outcome = RequestOutcome.unavailable(unavailable.problems());
        }
    }

    /** @param status of the response, 0 if none was sent */
    RequestOutcome outcome(int status) {
        return outcome == null || status == 0 ? RequestOutcome.ofStatus(status) : outcome;
    }
}
