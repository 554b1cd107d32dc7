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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says which methods an address takes: to OPTIONS, and with the refusal of a method that it does not take. What the routes
 * declare is what is said. Each must declare OPTIONS too: a browser's preflight makes the server remember that its path
 * has a route for OPTIONS, and a plain OPTIONS after it would fail on a route that has none (Armeria 1.40.0).
 */
final class OfferedMethods implements DecoratingHttpServiceFunction {
    /** All that any address takes. */
    static final String ANYWHERE = "GET, HEAD, POST, OPTIONS";

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        boolean asked = request.method() == HttpMethod.OPTIONS;
        boolean unrouted = context.config().route().isFallback();
        if (!asked && !unrouted) {
            return delegate.serve(context, request);
        }
        Set<HttpMethod> offered = at(context.config().server().serviceConfigs(), context.routingContext());
        if (offered.isEmpty()) {
            return delegate.serve(context, request);
        }
        String allow = offered.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        if (asked) {
            return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.ALLOW, allow));
        }
        return ProblemDetails.of(ProblemType.METHOD_NOT_ALLOWED, "Methods that are taken: " + allow + ".")
                .allowing(allow)
                .response()
                .toHttpResponse();
    }

    private static Set<HttpMethod> at(List<ServiceConfig> routes, RoutingContext target) {
        Set<HttpMethod> offered = new TreeSet<>(Comparator.comparingInt(method -> ANYWHERE.indexOf(method.name())));
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
