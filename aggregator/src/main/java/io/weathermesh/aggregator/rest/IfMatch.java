package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Set;

/**
 * Evaluates {@code If-Match} (RFC 9110, section 13.1.1), which an origin server must not ignore: the tag of the response must
 * be among those of the request. A weak tag never is, since the comparison is strong.
 */
final class IfMatch implements DecoratingHttpServiceFunction {
    /** A condition applies only where the response would have been the representation (section 13.2.1). */
    private static final Set<HttpStatus> CONDITIONAL = Set.of(HttpStatus.OK, HttpStatus.NOT_MODIFIED);

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        HttpResponse response = delegate.serve(context, request);
        if (!request.headers().contains(HttpHeaderNames.IF_MATCH)) {
            return response;
        }
        List<String> tags = request.headers().getAll(HttpHeaderNames.IF_MATCH);
        return HttpResponse.of(response.aggregate().thenApply(whole -> checked(whole, tags)));
    }

    private static HttpResponse checked(AggregatedHttpResponse response, List<String> tags) {
        String tag = response.headers().get(HttpHeaderNames.ETAG, "");
        return !CONDITIONAL.contains(response.status()) || EntityTag.matchesStrongly(tag, tags)
                ? response.toHttpResponse()
                : ProblemDetails.of(
                                ProblemType.PRECONDITION_FAILED, "No entity tag in If-Match is that of the response.")
                        .response()
                        .toHttpResponse();
    }
}
