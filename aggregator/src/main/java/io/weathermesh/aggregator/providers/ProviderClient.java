package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client of any provider, through what all providers' contracts have in common. For a quantity X: {@code LookupX}
 * (point, effective_time: reading), {@code BatchLookupXs} (requests: results, each a reading or an error), {@code WatchX}
 * (point, heartbeat_interval: readings), {@code ListSources} (sources), and {@code LookupXClimate} (point: provenance,
 * months) if it has climates. Every response is checked against the contract: what breaks it is a missing value.
 */
public final class ProviderClient implements Provider {
    private static final Pattern LOOKUP = Pattern.compile("Lookup\\w+(?<!Climate)");
    private static final Pattern BATCH = Pattern.compile("BatchLookup\\w+");
    private static final Pattern WATCH = Pattern.compile("Watch\\w+");
    private static final Pattern SOURCES = Pattern.compile("ListSources");
    private static final Pattern CLIMATE = Pattern.compile("Lookup\\w+Climate");

    /** Long: its transport finds a dead connection in seconds, heartbeats only confirm a stream. */
    private static final Duration HEARTBEAT =
            Duration.newBuilder().setSeconds(60).build();

    /** Clocks of tasks differ, and a response takes time: an expiry so near in the past is not a fault. */
    private static final java.time.Duration EXPIRY_TOLERANCE = java.time.Duration.ofMinutes(1);

    private final String name;
    private final Channel calls;
    private final Channel streams;
    private final Clock clock;
    private final WeatherMapping weather;

    private final ProviderMethod lookup;
    private final FieldDescriptor lookupPoint;
    private final FieldDescriptor effectiveTime;
    private final FieldDescriptor lookupReading;

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

    private final @Nullable ProviderMethod lookupClimate; // null if the provider has no climates
    private final @Nullable ClimateMapping climate;

    /**
     * @param calls the channel of unary calls
     * @param streams the channel of streams, which would take the calls' places on a connection
     * @throws IllegalArgumentException if the contract lacks a method or a field that the gateway needs; the message names it
     */
    public ProviderClient(ProviderContract contract, Channel calls, Channel streams, Clock clock) {
        ServiceDescriptor service = contract.service();
        name = contract.name();
        this.calls = calls;
        this.streams = streams;
        this.clock = clock;
        lookup = ProviderMethod.get(service, LOOKUP);
        lookupPoint = lookup.requestField("point");
        effectiveTime = lookup.requestField("effective_time");
        lookupReading = lookup.responseField("reading");
        weather = new WeatherMapping(contract, lookupReading.getMessageType());
        batch = ProviderMethod.get(service, BATCH);
        requests = batch.requestField("requests");
        results = batch.responseField("results");
        resultReading = ProviderMethod.field(results.getMessageType(), "reading");
        resultError = ProviderMethod.field(results.getMessageType(), "error");
        watch = ProviderMethod.get(service, WATCH);
        watchPoint = watch.requestField("point");
        heartbeatInterval = watch.requestField("heartbeat_interval");
        watchReading = watch.responseField("reading");
        listSources = ProviderMethod.get(service, SOURCES);
        sources = listSources.responseField("sources");
        lookupClimate = ProviderMethod.find(service, CLIMATE).orElse(null);
        climate = lookupClimate == null ? null : new ClimateMapping(contract, lookupClimate);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<ProviderResult<Reading<Weather>>> lookup(Point point, Timestamp instant) {
        return call(
                lookup,
                SingleFlight.callOptions(),
                lookupRequest(point, instant),
                response -> reading((Message) response.getField(lookupReading), point));
    }

    @Override
    public CompletableFuture<List<ProviderResult<Reading<Weather>>>> lookupEach(List<Point> points, Timestamp instant) {
        Message.Builder request = batch.newRequest();
        points.forEach(point -> request.addRepeatedField(requests, lookupRequest(point, instant)));
        return call(batch, SingleFlight.callOptions(), request.build(), response -> batchResults(response, points))
                .thenApply(result -> result.value() == null
                        ? Collections.nCopies(points.size(), new ProviderResult<>(null, result.problem()))
                        : result.value());
    }

    @Override
    public void watch(Point point, Consumer<ProviderResult<Reading<Weather>>> onReading, Consumer<Status> onEnd) {
        Message request = watch.newRequest()
                .setField(watchPoint, point)
                .setField(heartbeatInterval, HEARTBEAT)
                .build();
        watch.stream(streams, request, new StreamObserver<>() {
            @Override
            public void onNext(Message event) {
                if (event.hasField(watchReading)) {
                    onReading.accept(reading((Message) event.getField(watchReading), point));
                }
            }

            @Override
            public void onError(Throwable failure) {
                onEnd.accept(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                onEnd.accept(Status.UNAVAILABLE);
            }
        });
    }

    @Override
    public boolean hasClimates() {
        return climate != null;
    }

    @Override
    public CompletableFuture<ProviderResult<Reading<Climate>>> climate(Point point) {
        if (lookupClimate == null || climate == null) {
            throw new IllegalStateException("the " + name + " has no climates");
        }
        return call(
                lookupClimate,
                SingleFlight.callOptions(),
                lookupClimate
                        .newRequest()
                        .setField(lookupClimate.requestField("point"), point)
                        .build(),
                response -> {
                    try {
                        return current(climate.climate(response, point, nowSeconds()));
                    } catch (InvalidResponseException e) {
                        return invalid(e);
                    }
                });
    }

    @Override
    public CompletableFuture<ProviderResult<List<Source>>> sources() {
        return call(
                listSources,
                CallOptions.DEFAULT,
                listSources.newRequest().build(),
                response -> ProviderResult.present(((List<?>) response.getField(sources))
                        .stream().map(Source.class::cast).toList()));
    }

    private Message lookupRequest(Point point, Timestamp instant) {
        return lookup.newRequest()
                .setField(lookupPoint, point)
                .setField(effectiveTime, instant)
                .build();
    }

    private <T> CompletableFuture<ProviderResult<T>> call(
            ProviderMethod method, CallOptions options, Message request, Function<Message, ProviderResult<T>> result) {
        return method.call(calls, options, request)
                .handle((response, failure) -> failure == null
                        ? result.apply(response)
                        : ProviderResult.missing(name, Status.fromThrowable(failure)));
    }

    private ProviderResult<List<ProviderResult<Reading<Weather>>>> batchResults(Message response, List<Point> points) {
        List<?> all = (List<?>) response.getField(results);
        if (all.size() != points.size()) {
            return invalid(
                    new InvalidResponseException("has " + all.size() + " results for " + points.size() + " requests"));
        }
        List<ProviderResult<Reading<Weather>>> readings = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            Message result = (Message) all.get(i);
            com.google.rpc.Status error = (com.google.rpc.Status) result.getField(resultError);
            readings.add(
                    error.getCode() == Code.OK_VALUE
                            ? reading((Message) result.getField(resultReading), points.get(i))
                            : ProviderResult.missing(name, Status.fromCodeValue(error.getCode())));
        }
        return ProviderResult.present(readings);
    }

    private ProviderResult<Reading<Weather>> reading(Message reading, Point requested) {
        try {
            return current(weather.reading(reading, requested, nowSeconds()));
        } catch (InvalidResponseException e) {
            return invalid(e);
        }
    }

    /** A reading that has expired on arrival is stale, or of no use. */
    private <M extends Message> ProviderResult<Reading<M>> current(Reading<M> reading) {
        long expiredFor = nowSeconds() - reading.provenance().getExpireTime().getSeconds();
        if (expiredFor < EXPIRY_TOLERANCE.toSeconds()) {
            return ProviderResult.present(reading);
        }
        Problem expired = problem("has expired");
        return clock.instant().isBefore(reading.uselessTime())
                ? ProviderResult.stale(reading, expired)
                : new ProviderResult<>(null, expired);
    }

    private long nowSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(clock.millis());
    }

    private <T> ProviderResult<T> invalid(InvalidResponseException fault) {
        return new ProviderResult<>(null, problem(String.valueOf(fault.getMessage())));
    }

    private Problem problem(String fault) {
        return ProviderResult.problem(name, Status.INTERNAL).toBuilder()
                .setDetail("The response of the " + name + " " + fault + ".")
                .build();
    }
}
