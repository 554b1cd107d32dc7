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
 * Answers OPTIONS with the methods that the routes of a path declare, and refuses other methods with the same list. Each
 * route must declare OPTIONS too: a browser's preflight makes the server remember that its path has a route for OPTIONS,
 * and a plain OPTIONS after it would fail on a route that has none (Armeria 1.40.0).
 */
final class AllowedMethods implements DecoratingHttpServiceFunction {
    /** The methods of all routes, in the order of {@code Allow}. */
    static final String ANYWHERE = "GET, HEAD, POST, OPTIONS";

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        boolean options = request.method() == HttpMethod.OPTIONS;
        boolean unrouted = context.config().route().isFallback();
        if (!options && !unrouted) {
            return delegate.serve(context, request);
        }
        Set<HttpMethod> methods = at(context.config().server().serviceConfigs(), context.routingContext());
        if (methods.isEmpty()) {
            return delegate.serve(context, request);
        }
        String allow = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        return options
                ? HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT, HttpHeaderNames.ALLOW, allow))
                : ProblemDetails.ofMethods(allow).response().toHttpResponse();
    }

    private static Set<HttpMethod> at(List<ServiceConfig> routes, RoutingContext target) {
        Set<HttpMethod> methods = new TreeSet<>(Comparator.comparingInt(method -> ANYWHERE.indexOf(method.name())));
        for (ServiceConfig config : routes) {
            var route = config.route();
            boolean matches = route.toBuilder()
                    .methods(HttpMethod.knownMethods())
                    .build()
                    .apply(target, false)
                    .isPresent();
            if (matches) {
                methods.addAll(route.methods());
            }
        }
        return methods;
    }
}
