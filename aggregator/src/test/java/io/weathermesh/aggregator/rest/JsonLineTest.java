package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonLineTest {
    @Test
    void aLineHasItsFieldsInOrder() {
        String line = new JsonLine()
                .put("type", "access")
                .put("status", 200)
                .put("durationMs", 0.25)
                .put("providers", Map.of("humidity-provider", "OK"))
                .put("end", "here")
                .toString();
        assertThat(line).isEqualTo("""
                        {"type":"access","status":200,"durationMs":0.25,"providers":{"humidity-provider":"OK"},"end":"here"}""");
    }

    @Test
    void aLineWithoutFieldsIsEmpty() {
        assertThat(new JsonLine().put("providers", Map.of())).hasToString("{}");
    }

    @Test
    void everyCharacterSurvivesInAsciiJson() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x300; c++) {
            all.append(c);
        }
        all.append("\u2028\ud83c\udf26");
        String line = new JsonLine().put(all.toString(), all.toString()).toString();
        assertThat(line).isASCII().isPrintable();
        JsonObject read = JsonParser.parseString(line).getAsJsonObject();
        assertThat(read.get(all.toString()).getAsString()).isEqualTo(all.toString());
    }
}
