package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The provenances in the gateway's responses, one for each provider whose values a response has. */
public final class Provenances {
    private static final List<Path> IN_WEATHER = new ArrayList<>();
    private static final List<Path> IN_CLIMATE = new ArrayList<>();

    static {
        for (ProviderContract contract : Providers.CONTRACTS) {
            FieldDescriptor values = contract.weatherField();
            FieldDescriptor provenance = ProviderMethod.field(values.getMessageType(), "provenance");
            IN_WEATHER.add(new Path(contract.name(), values, provenance));
            FieldDescriptor series = Climate.getDescriptor().findFieldByName(values.getName() + "_provenance");
            if (series != null) {
                IN_CLIMATE.add(new Path(contract.name(), null, series));
            }
        }
    }

    /**
     * The way to the provenance of one provider's values.
     *
     * @param holder the field of the message that has the provenance; null if the response itself has it
     */
    private record Path(String provider, @Nullable FieldDescriptor holder, FieldDescriptor provenance) {}

    private Provenances() {}

    /** By provider, in the order of {@link Providers#CONTRACTS}. */
    public static Map<String, Provenance> of(Weather weather) {
        return of(weather, IN_WEATHER);
    }

    /** By provider, in the order of {@link Providers#CONTRACTS}. */
    public static Map<String, Provenance> of(Climate climate) {
        return of(climate, IN_CLIMATE);
    }

    public static void change(Weather.Builder weather, Consumer<Provenance.Builder> change) {
        change(weather, IN_WEATHER, change);
    }

    public static void change(Climate.Builder climate, Consumer<Provenance.Builder> change) {
        change(climate, IN_CLIMATE, change);
    }

    private static Map<String, Provenance> of(Message response, List<Path> paths) {
        Map<String, Provenance> provenances = new LinkedHashMap<>();
        for (Path path : paths) {
            Message holder = path.holder() == null ? response : (Message) response.getField(path.holder());
            if (holder.hasField(path.provenance())) {
                provenances.put(path.provider(), (Provenance) holder.getField(path.provenance()));
            }
        }
        return provenances;
    }

    private static void change(Message.Builder response, List<Path> paths, Consumer<Provenance.Builder> change) {
        for (Path path : paths) {
            if (path.holder() == null || response.hasField(path.holder())) {
                Message.Builder holder = path.holder() == null ? response : response.getFieldBuilder(path.holder());
                if (holder.hasField(path.provenance())) {
                    change.accept((Provenance.Builder) holder.getFieldBuilder(path.provenance()));
                }
            }
        }
    }
}
