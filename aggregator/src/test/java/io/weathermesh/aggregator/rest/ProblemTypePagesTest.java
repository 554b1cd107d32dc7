package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ProblemTypePagesTest {
    @Test
    void theTypeOfEveryProblemLeadsToItsExplanation() throws IOException {
        try (InputStream page = ProblemTypePagesTest.class.getResourceAsStream("/web/problems.html")) {
            String text = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
            for (ProblemType type : ProblemType.values()) {
                assertThat(text)
                        .contains("<article class=\"card problem\" id=\"" + type.slug() + "\"")
                        .contains(">" + type.title() + "</h2>")
                        .contains(
                                type.uri() + "</code> · status " + type.status().code());
            }
        }
    }
}
