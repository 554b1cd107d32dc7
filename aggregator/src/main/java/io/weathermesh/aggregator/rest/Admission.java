package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/** How the requests of a route are admitted. A route states it where it is added, in {@link Routes}. */
enum Admission {
    /** A health check. It is never limited, or an overload would look like a dead task, and is logged only if it fails. */
    CHECK,
    /** In flight from its head to the end of its response. A request without a route is ordinary too. */
    ORDINARY,
    /** A stream stays open without work, so it is not in flight; each client's open streams are limited. */
    STREAM,
    /** A body with many requests. It is in flight from the moment when the body is complete. */
    BATCH;

    HttpService around(HttpService route) {
        return new Admitted(route, this);
    }

    static Admission of(ServiceRequestContext context) {
        Admitted route = context.config().service().as(Admitted.class);
        return route == null ? ORDINARY : route.admission;
    }

    private static final class Admitted extends SimpleDecoratingHttpService {
        private final Admission admission;

        Admitted(HttpService route, Admission admission) {
            super(route);
            this.admission = admission;
        }

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
            return unwrap().serve(context, request);
        }
    }
}
