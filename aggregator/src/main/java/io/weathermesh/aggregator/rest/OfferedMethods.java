package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which methods an address takes: to OPTIONS, and with the refusal of a method that it does not take. Routes need
 * not care; what they declare is what is said.
 */
final class OfferedMethods implements DecoratingHttpServiceFunction {
    /** All that any address takes. */
    static final String ANYWHERE = "GET, HEAD, POST, OPTIONS";

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (!context.config().route().isFallback()) {
            return delegate.serve(context, request);
        }
        Set<HttpMethod> offered = at(context.config().server().serviceConfigs(), context.routingContext());
        if (offered.isEmpty()) {
            return delegate.serve(context, request);
        }
        offered.add(HttpMethod.OPTIONS);
        String allow = offered.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        if (request.method() == HttpMethod.OPTIONS) {
            return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.ALLOW, allow));
        }
        return Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Methods that are taken: " + allow + ".")
                .allowing(allow)
                .response()
                .toHttpResponse();
    }

    private static Set<HttpMethod> at(List<ServiceConfig> routes, RoutingContext target) {
        Set<HttpMethod> offered = EnumSet.noneOf(HttpMethod.class);
        for (ServiceConfig config : routes) {
            var route = config.route();
            boolean matches = route.toBuilder()
                    .methods(HttpMethod.knownMethods())
                    .build()
                    .apply(target, false)
                    .isPresent();
            if (matches) {
                offered.addAll(route.methods());
            }
        }
        return offered;
    }
}
