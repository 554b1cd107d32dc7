package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Any provider, each question one call, through what the contracts of all of them have in common. For a quantity X:
 * {@code LookupX} (point, effective_time: reading), {@code BatchLookupXs} (requests: results, each a reading or an error),
 * {@code WatchX} (point, heartbeat_interval: readings), {@code ListSources} (sources), and {@code LookupXClimate} (point:
 * provenance, months) if it knows a usual year.
 */
final class ReadingClient implements ProviderClient {
    private static final Pattern LOOKUP = Pattern.compile("Lookup\\w+(?<!Climate)");
    private static final Pattern BATCH = Pattern.compile("BatchLookup\\w+");
    private static final Pattern WATCH = Pattern.compile("Watch\\w+");
    private static final Pattern SOURCES = Pattern.compile("ListSources");
    private static final Pattern CLIMATE = Pattern.compile("Lookup\\w+Climate");

    private final String name;
    private final Channel calls;
    private final Channel streams;
    private final ReadingForm form;

    private final ProviderMethod lookup;
    private final FieldDescriptor point;
    private final FieldDescriptor effectiveTime;
    private final FieldDescriptor reading;

    private final ProviderMethod batch;
    private final FieldDescriptor requests;
    private final FieldDescriptor results;
    private final FieldDescriptor resultReading;
    private final FieldDescriptor resultError;

    private final ProviderMethod watch;
    private final FieldDescriptor watchPoint;
    private final FieldDescriptor heartbeatInterval;
    private final FieldDescriptor watchReading;

    private final ProviderMethod listSources;
    private final FieldDescriptor sources;

    private final Optional<Years> years;

    ReadingClient(ProviderContract contract, Channel calls, Channel streams) {
        ServiceDescriptor service = contract.service();
        name = contract.name();
        this.calls = calls;
        this.streams = streams;
        lookup = ProviderMethod.get(service, LOOKUP);
        point = lookup.asks("point");
        effectiveTime = lookup.asks("effective_time");
        reading = lookup.answers("reading");
        form = new ReadingForm(contract, reading.getMessageType());
        batch = ProviderMethod.get(service, BATCH);
        requests = batch.asks("requests");
        results = batch.answers("results");
        resultReading = ProviderMethod.field(results.getMessageType(), "reading");
        resultError = ProviderMethod.field(results.getMessageType(), "error");
        watch = ProviderMethod.get(service, WATCH);
        watchPoint = watch.asks("point");
        heartbeatInterval = watch.asks("heartbeat_interval");
        watchReading = watch.answers("reading");
        listSources = ProviderMethod.get(service, SOURCES);
        sources = listSources.answers("sources");
        years = ProviderMethod.find(service, CLIMATE).map(method -> new YearClient(contract, method, calls));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<ProviderResult<Reading>> at(Point where, Timestamp instant) {
        return ProviderCall.ask(
                name,
                caller -> lookup.call(calls, CallDeadline.options(), question(where, instant), caller),
                (Message answer) -> form.contribution((Message) answer.getField(reading)));
    }

    @Override
    public CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant) {
        Message.Builder questions = batch.newRequest();
        points.forEach(where -> questions.addRepeatedField(requests, question(where, instant)));
        return ProviderCall.askEach(
                name,
                points.size(),
                caller -> batch.call(calls, CallDeadline.options(), questions.build(), caller),
                (Message answer) -> ProviderMethod.all(answer, results, Message.class),
                this::result);
    }

    @Override
    public void watch(Point where, Consumer<Reading> onReading, Consumer<Status> onEnd) {
        Message question = watch.newRequest()
                .setField(watchPoint, where)
                .setField(heartbeatInterval, ReadingEvents.HEARTBEAT)
                .build();
        watch.stream(
                streams,
                question,
                new ReadingEvents<>(
                        event -> event.hasField(watchReading),
                        event -> form.contribution((Message) event.getField(watchReading)),
                        onReading,
                        onEnd));
    }

    @Override
    public CompletableFuture<ProviderResult<List<Source>>> sources() {
        return ProviderCall.ask(
                name,
                caller -> listSources.call(
                        calls, CallOptions.DEFAULT, listSources.newRequest().build(), caller),
                (Message answer) -> ProviderMethod.all(answer, sources, Source.class));
    }

    @Override
    public Optional<Years> years() {
        return years;
    }

    private Message question(Point where, Timestamp instant) {
        return lookup.newRequest()
                .setField(point, where)
                .setField(effectiveTime, instant)
                .build();
    }

    private ProviderResult<Reading> result(Message result) {
        return result.hasField(resultReading)
                ? new ProviderResult.Present<>(form.contribution((Message) result.getField(resultReading)))
                : ProviderCall.missing(name, (com.google.rpc.Status) result.getField(resultError));
    }
}
