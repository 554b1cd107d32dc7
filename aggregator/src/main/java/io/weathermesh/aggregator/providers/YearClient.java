package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.weathermesh.proto.common.v1.Point;
import java.util.concurrent.CompletableFuture;

/** Asks a provider for the usual year, each question one call. */
final class YearClient implements Years {
    private final String provider;
    private final ProviderMethod method;
    private final FieldDescriptor point;
    private final YearForm form;
    private final Channel calls;

    /**
     * @throws IllegalArgumentException if the contract tells a year that the gateway has no fields for
     */
    YearClient(ProviderContract contract, ProviderMethod method, Channel calls) {
        this.provider = contract.name();
        this.method = method;
        this.calls = calls;
        point = method.asks("point");
        form = new YearForm(contract, method);
    }

    @Override
    public CompletableFuture<ProviderResult<Year>> at(Point where) {
        Message question = method.newRequest().setField(point, where).build();
        return ProviderCall.ask(
                provider,
                caller -> method.call(calls, CallDeadline.options(), question, caller),
                (Message answer) -> form.year(answer));
    }
}
