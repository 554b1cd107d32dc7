package io.weathermesh.aggregator.providers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Climate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a provider's part of the usual year: the values of a month that {@code weather.v1.Climate} calls the same. */
final class YearForm {
    private static final String MONTH = "month";

    private final FieldDescriptor provenance;
    private final FieldDescriptor months;
    private final FieldDescriptor month;
    private final FieldDescriptor series;
    private final Map<FieldDescriptor, FieldDescriptor> values = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException if the contract tells a year that the gateway has no fields for
     */
    YearForm(ProviderContract contract, ProviderMethod year) {
        provenance = year.answers("provenance");
        months = year.answers("months");
        Descriptor mean = months.getMessageType();
        month = ProviderMethod.field(mean, MONTH);
        series =
                ProviderMethod.field(Climate.getDescriptor(), contract.element().getName() + "_provenance");
        for (FieldDescriptor value : mean.getFields()) {
            if (!value.equals(month)) {
                FieldDescriptor target = ProviderMethod.field(Climate.Month.getDescriptor(), value.getName());
                values.put(ReadingForm.same(target, mean), target);
            }
        }
    }

    Year year(Message told) {
        return new Year(climate -> write(told, climate), (Provenance) told.getField(provenance));
    }

    private void write(Message told, Climate.Builder climate) {
        climate.setField(series, told.getField(provenance));
        for (Message mean : ProviderMethod.all(told, months, Message.class)) {
            ReadingForm.copy(values, mean, climate.getMonthsBuilder((Integer) mean.getField(month) - 1));
        }
    }
}
