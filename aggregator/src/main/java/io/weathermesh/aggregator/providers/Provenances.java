package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The elements of an answer, one a provider, and where their values came from. */
public final class Provenances {
    private static final List<Element> ALL =
            Providers.CONTRACTS.stream().map(Element::filledBy).toList();

    private Provenances() {}

    /**
     * One element.
     *
     * @param field of the weather
     * @param provenance of the message in that field
     * @param series the provenance in the usual year; null for an element that has no usual year
     */
    private record Element(
            String provider,
            FieldDescriptor field,
            FieldDescriptor provenance,
            @Nullable FieldDescriptor series) {
        static Element filledBy(ProviderContract contract) {
            FieldDescriptor field = contract.element();
            return new Element(
                    contract.name(),
                    field,
                    field.getMessageType().findFieldByName("provenance"),
                    Climate.getDescriptor().findFieldByName(field.getName() + "_provenance"));
        }
    }

    /** Where each value of an answer came from, by provider. */
    public static Map<String, Provenance> provenances(Weather weather) {
        Map<String, Provenance> provenances = new LinkedHashMap<>();
        for (Element element : ALL) {
            if (weather.hasField(element.field())) {
                Message value = (Message) weather.getField(element.field());
                provenances.put(element.provider(), (Provenance) value.getField(element.provenance()));
            }
        }
        return provenances;
    }

    /** Where each series of a usual year came from, by provider. */
    public static Map<String, Provenance> provenances(Climate climate) {
        Map<String, Provenance> provenances = new LinkedHashMap<>();
        for (Element element : ALL) {
            if (element.series() != null && climate.hasField(element.series())) {
                provenances.put(element.provider(), (Provenance) climate.getField(element.series()));
            }
        }
        return provenances;
    }

    /** Changes what a usual year says of where its series came from. */
    public static void changeProvenances(Climate.Builder climate, Consumer<Provenance.Builder> change) {
        for (Element element : ALL) {
            if (element.series() != null && climate.hasField(element.series())) {
                change.accept((Provenance.Builder) climate.getFieldBuilder(element.series()));
            }
        }
    }

    /** Changes what an answer says of where its values came from. */
    public static void changeProvenances(Weather.Builder weather, Consumer<Provenance.Builder> change) {
        for (Element element : ALL) {
            if (weather.hasField(element.field())) {
                Message.Builder value = weather.getFieldBuilder(element.field());
                change.accept((Provenance.Builder) value.getFieldBuilder(element.provenance()));
            }
        }
    }
}
