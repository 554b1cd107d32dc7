package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;

/** Adds routes to a server, each under the limits of its {@link Admission}. */
final class Routes {
    private final ServerBuilder server;
    private final StreamLimit streams;
    private final BatchAdmission batches;
    private final IfMatch ifMatch = new IfMatch();

    Routes(ServerBuilder server, StreamLimit streams, BatchAdmission batches) {
        this.server = server;
        this.streams = streams;
        this.batches = batches;
    }

    /** A health check, for GET and HEAD. */
    void check(String path, HttpService service) {
        get(path, Admission.CHECK.around(service));
    }

    /** For GET and HEAD. */
    void ordinary(String path, HttpService service) {
        get(path, Admission.ORDINARY.around(service.decorate(ifMatch)));
    }

    /** For GET and HEAD; the response to GET does not end by itself. */
    void stream(String path, HttpService service) {
        get(path, Admission.STREAM.around(service.decorate(streams)));
    }

    /** For POST. */
    void batch(String path, BatchService<?> service) {
        String exact = "exact:" + path;
        HttpService admitted = (context, request) -> batches.serve(context, request, service);
        server.route().post(exact).options(exact).build(Admission.BATCH.around(admitted));
    }

    /** {@link AllowedMethods} answers OPTIONS, but the route must declare it. */
    private void get(String path, HttpService service) {
        server.route().get(path).head(path).options(path).build(service);
    }
}
