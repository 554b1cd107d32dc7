package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparisons of RFC 9110, section 8.8.3.2. */
final class EntityTagTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a"   | "a"             | true
            "a"   | "b", W/"c", "a" | true
            "a"   | *               | true
            ``    | *               | true
            ``    | "a"             | false
            "a"   | W/"a"           | false
            W/"a" | W/"a"           | false
            W/"a" | "a"             | false
            "a"   | "b"             | false
            """)
    void ifMatchComparesStrongly(String tag, String ifMatch, boolean matches) {
        assertThat(EntityTag.matchesStrongly(tag, List.of(ifMatch))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            W/"a" | W/"a"           | true
            W/"a" | "a"             | true
            W/"a" | "b", W/"a"      | true
            W/"a" | *               | true
            W/"a" | "b"             | false
            W/"a" | a               | false
            """)
    void ifNoneMatchComparesWeakly(String tag, String ifNoneMatch, boolean matches) {
        assertThat(new EntityTag(tag).isAmong(List.of(ifNoneMatch))).isEqualTo(matches);
    }
}
