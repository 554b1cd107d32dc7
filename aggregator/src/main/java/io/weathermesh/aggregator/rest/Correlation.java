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
 * Gives each request an id and a place in a trace, and tells the client both. Those that came are kept where they are
 * well-formed, so that a client finds its own names in our logs; what is not is replaced, so that it cannot write there.
 */
final class Correlation implements DecoratingHttpServiceFunction {
    static final AsciiString REQUEST_ID = HttpHeaderNames.of("x-request-id");
    private static final AsciiString TRACE_PARENT = HttpHeaderNames.of(Trace.PARENT);
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
        String came = request.headers().get(REQUEST_ID, "");
        String requestId = !came.isEmpty() && WELL_FORMED.matcher(came).matches() ? came : Trace.digits(random);
        RequestNotes notes =
                RequestNotes.begin(context, requestId, Trace.of(request.headers(), random), clients.of(context));
        context.mutateAdditionalResponseHeaders(headers -> headers.set(REQUEST_ID, requestId)
                .set(TRACE_PARENT, notes.trace().parent()));
        return delegate.serve(context, request);
    }
}
