package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The questions of a batch on their way to answers: those that mean a place, and those that were refused already. */
final class BatchOfPlaces {
    /** Either a {@link FoundPlace} or why there is none. */
    private sealed interface Item {
        record At(FoundPlace place, int index) implements Item {}

        record Nowhere(ItemOutcome outcome) implements Item {}
    }

    private final List<Item> items = new ArrayList<>();
    private final Map<Point, Integer> indexOf = new LinkedHashMap<>();

    private BatchOfPlaces() {}

    static BatchOfPlaces find(PlaceFinder places, List<LookupWeatherRequest> requests) {
        BatchOfPlaces batch = new BatchOfPlaces();
        requests.forEach(request -> batch.add(places, request));
        return batch;
    }

    private void add(PlaceFinder places, LookupWeatherRequest request) {
        try {
            FoundPlace place = places.find(request);
            Integer index = indexOf.computeIfAbsent(place.point(), point -> indexOf.size());
            items.add(new Item.At(place, index));
        } catch (InvalidFieldException | PlaceNotFoundException reason) {
            items.add(new Item.Nowhere(new ItemOutcome.Refused(reason)));
        }
    }

    /** Where the providers are asked to read: each point once, however many questions mean it. */
    List<Point> points() {
        return List.copyOf(indexOf.keySet());
    }

    /** The outcomes of a batch without any place. */
    List<ItemOutcome> refused() {
        return items.stream().map(item -> ((Item.Nowhere) item).outcome()).toList();
    }

    /**
     * @param told for each provider, what it read at each of {@link #points()}
     * @throws ProvidersUnavailableException if no provider could be had for any place
     */
    List<ItemOutcome> outcomes(Timestamp instant, List<List<Reading<Contribution>>> told) {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (Item item : items) {
            outcomes.add(item instanceof Item.At at ? outcome(at, instant, told) : ((Item.Nowhere) item).outcome());
        }
        failIfUnavailableThroughout(outcomes);
        return outcomes;
    }

    private static ItemOutcome outcome(Item.At at, Timestamp instant, List<List<Reading<Contribution>>> told) {
        try {
            List<Reading<Contribution>> here =
                    told.stream().map(readings -> readings.get(at.index())).toList();
            return new ItemOutcome.Answered(Composition.weather(at.place(), instant, here));
        } catch (ProvidersUnavailableException reason) {
            return new ItemOutcome.Refused(reason);
        }
    }

    /**
     * A batch of which nothing could be had is a failure that alarms and retries must see. What is no place does not
     * count: nobody was asked about it.
     */
    private static void failIfUnavailableThroughout(List<ItemOutcome> outcomes) {
        ProvidersUnavailableException last = null;
        for (ItemOutcome outcome : outcomes) {
            if (!(outcome instanceof ItemOutcome.Refused refused)) {
                return;
            }
            if (refused.reason() instanceof ProvidersUnavailableException unavailable) {
                last = unavailable;
            }
        }
        if (last != null) {
            throw last;
        }
    }
}
