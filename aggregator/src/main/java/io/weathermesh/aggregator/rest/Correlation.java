package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Gives each request an id and a trace context, and returns both to the client. Well-formed ones from the client are kept, so
 * that it finds them in our logs; others are replaced, so that it cannot write into the logs.
 */
final class Correlation implements DecoratingHttpServiceFunction {
    static final AsciiString REQUEST_ID = HttpHeaderNames.of("x-request-id");
    private static final AsciiString TRACE_PARENT = HttpHeaderNames.of(TraceContext.PARENT);
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    private final ClientAddress clients;
    private final LongSupplier random;

    Correlation(ClientAddress clients, LongSupplier random) {
        this.clients = clients;
        this.random = random;
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        String received = request.headers().get(REQUEST_ID, "");
        String requestId =
                !received.isEmpty() && WELL_FORMED.matcher(received).matches() ? received : TraceContext.digits(random);
        RequestRecord record = RequestRecord.begin(
                context, requestId, TraceContext.of(request.headers(), random), clients.of(context));
        context.mutateAdditionalResponseHeaders(headers -> headers.set(REQUEST_ID, requestId)
                .set(TRACE_PARENT, record.trace().parent()));
        return delegate.serve(context, request);
    }
}
