package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Context;
import io.grpc.Status;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import io.weathermesh.aggregator.weather.ProvidersUnavailableException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What is known of one request beside its answer: how it is called, whose trace it is in, and the calls it made. Thread-safe. */
final class RequestNotes {
    private static final AttributeKey<RequestNotes> ATTRIBUTE = AttributeKey.valueOf(RequestNotes.class, "NOTES");

    /** Where calls to providers find the notes of the request that makes them. */
    static final Context.Key<RequestNotes> CONTEXT = Context.key("request-notes");

    /** A page of a hundred places must not answer with hundreds of headers. */
    private static final int MAX_CALLS = 8;

    private static final double NANOS_PER_TENTH_OF_A_MILLISECOND = 1e5;
    private static final AsciiString SERVER_TIMING = HttpHeaderNames.of("server-timing");

    private final ServiceRequestContext request;
    private final String requestId;
    private final Trace trace;
    private final InetAddress client;
    private volatile @Nullable Outcome outcome; // null until there is one
    private final List<ProviderCall> calls = new CopyOnWriteArrayList<>();

    /** One call that the request made, and how it ended. */
    record ProviderCall(String provider, Status.Code code, Duration took) {}

    private RequestNotes(ServiceRequestContext request, String requestId, Trace trace, InetAddress client) {
        this.request = request;
        this.requestId = requestId;
        this.trace = trace;
        this.client = client;
    }

    /** Begins the notes of a request. */
    static RequestNotes begin(ServiceRequestContext request, String requestId, Trace trace, InetAddress client) {
        RequestNotes notes = new RequestNotes(request, requestId, trace, client);
        request.setAttr(ATTRIBUTE, notes);
        return notes;
    }

    /** Empty for what never came as far as to become a request. */
    static Optional<RequestNotes> of(ServiceRequestContext request) {
        return Optional.ofNullable(request.attr(ATTRIBUTE));
    }

    String requestId() {
        return requestId;
    }

    Trace trace() {
        return trace;
    }

    /** Who asks, as far as is believed. */
    InetAddress client() {
        return client;
    }

    /** Notes a call, and lets the client see how long it took unless the answer has gone out already. */
    void ended(ProviderCall call) {
        if (calls.size() < MAX_CALLS) {
            calls.add(call);
            long tenths = Math.round(call.took().toNanos() / NANOS_PER_TENTH_OF_A_MILLISECOND);
            String entry = call.provider() + ";dur=" + tenths / 10 + "." + tenths % 10;
            request.mutateAdditionalResponseHeaders(headers -> headers.add(SERVER_TIMING, entry));
        }
    }

    /** Notes what is answered with. */
    void answeredWith(Message answer) {
        endsAs(Outcome.of(answer));
    }

    /** Notes how it ends but for its calls, where that is known already. */
    void endsAs(Outcome known) {
        outcome = known.after(calls);
    }

    /** Notes why there is no answer, where that is the providers' doing. */
    void failedBy(Throwable failure) {
        if (Exceptions.peel(failure) instanceof ProvidersUnavailableException unavailable) {
            outcome = Outcome.unavailable(unavailable.problems());
        }
    }

    /** How the request ended, as far as was noted; the status says the rest. */
    Outcome outcome(int status) {
        return outcome == null || status == 0 ? Outcome.ofStatus(status) : outcome;
    }

    /** The calls that have ended by now. */
    List<ProviderCall> calls() {
        return List.copyOf(calls);
    }
}
