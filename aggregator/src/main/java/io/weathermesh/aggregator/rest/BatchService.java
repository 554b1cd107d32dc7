package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The service of a route whose body holds many requests. Both methods run on a blocking executor, and may fail with what
 * {@link ErrorResponses} maps to a problem.
 *
 * @param <R> one of the requests
 */
interface BatchService<R> {
    /** The requests in a complete body. */
    List<R> read(ServiceRequestContext context, HttpRequest http, byte[] body);

    /** The response to requests that have been admitted. */
    CompletionStage<HttpResponse> respond(ServiceRequestContext context, List<R> requests);
}
