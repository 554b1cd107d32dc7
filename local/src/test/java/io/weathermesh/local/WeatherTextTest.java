package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class WeatherTextTest {
    @Test
    void aProblemWithOneSentenceIsPrintedOnceWithItsSuggestions() {
        assertThat(WeatherText.ofProblem(json("""
                        {"title": "No place of that name is known", "detail": "No place of that name is known.",
                         "suggestions": ["Vienna, Austria", "Vienne, France"]}"""))).isEqualTo("""
                        weather: No place of that name is known
                        Did you mean:
                          ./weather get "Vienna, Austria"
                          ./weather get "Vienne, France"
                        """);
    }

    @Test
    void aProblemWithATitleAndADetailHasBoth() {
        assertThat(WeatherText.ofProblem(json("""
                        {"title": "Too many requests", "detail": "Retry after 2 s."}"""))).isEqualTo("weather: Too many requests: Retry after 2 s\n");
        assertThat(WeatherText.ofProblem(new JsonObject())).isEqualTo("weather: the gateway sent no problem details\n");
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
