package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import java.util.List;

/** Turns a provider's climate into its part of {@code weather.v1.Climate}. */
final class ClimateMapping {
    private static final int MONTHS = 12;
    private static final String MONTH = "month";

    private final FieldDescriptor point;
    private final FieldDescriptor provenance;
    private final FieldDescriptor months;
    private final FieldDescriptor month;
    private final FieldDescriptor targetProvenance;
    private final ValueFields values;

    /**
     * @throws IllegalArgumentException if the gateway's climate lacks a field for a value; the message names it
     */
    ClimateMapping(ProviderContract contract, ProviderMethod method) {
        point = method.responseField("point");
        provenance = method.responseField("provenance");
        months = method.responseField("months");
        Descriptor mean = months.getMessageType();
        month = ProviderMethod.field(mean, MONTH);
        targetProvenance = ProviderMethod.field(
                Climate.getDescriptor(), contract.weatherField().getName() + "_provenance");
        List<String> names = mean.getFields().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !name.equals(MONTH))
                .toList();
        values = new ValueFields(names, mean, Climate.Month.getDescriptor(), contract.unit());
    }

    /** @throws InvalidResponseException if the climate breaks its contract, or is for another point */
    Reading<Climate> climate(Message response, Point requested, long nowSeconds) throws InvalidResponseException {
        Provenance from = (Provenance) response.getField(provenance);
        Point at = (Point) response.getField(point);
        List<?> means = (List<?>) response.getField(months);
        if (means.size() != MONTHS) {
            throw new InvalidResponseException("has " + means.size() + " months");
        }
        Climate.Builder climate = Climate.newBuilder().setField(targetProvenance, from);
        for (Object each : means) {
            Message mean = (Message) each;
            Climate.Month.Builder target = climate.addMonthsBuilder().setMonth((Integer) mean.getField(month));
            if (target.getMonth() != climate.getMonthsCount()) {
                throw new InvalidResponseException("does not have the months in order");
            }
            values.copy(mean, target);
        }
        ResponseChecks.check(from, nowSeconds);
        ResponseChecks.check(at, requested);
        return new Reading<>(climate.build(), at, from);
    }
}
