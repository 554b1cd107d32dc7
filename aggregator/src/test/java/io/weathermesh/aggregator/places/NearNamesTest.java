package io.weathermesh.aggregator.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.aggregator.places.making.NameTableWriter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the plain algorithm over every name: what is promised is found with the right count, and nothing else. */
class NearNamesTest {
    private static final String LETTERS = "abcde";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theResultEqualsAComparisonWithEveryName(long seed) {
        Random random = new Random(seed);
        NameTableWriter writer = new NameTableWriter();
        SortedMap<Integer, String> names = new TreeMap<>();
        for (int i = 0; i < 600; i++) {
            names.put(i, word(random, 3 + random.nextInt(7)));
            writer.add(names.get(i), i);
        }
        byte[] bytes = writer.toByteArray();
        NearNames near = new NearNames(new NameTable(new Bytes(bytes, 0, bytes.length)));
        for (int i = 0; i < 100; i++) {
            String typed = word(random, 1 + random.nextInt(10));
            Map<Integer, Integer> found = new TreeMap<>();
            near.find(typed, (mistakes, number) -> found.merge(number, mistakes, Math::min));
            assertThat(found).as(typed).isEqualTo(expected(typed, names));
        }
    }

    private static Map<Integer, Integer> expected(String typed, Map<Integer, String> names) {
        Map<Integer, Integer> expected = new TreeMap<>();
        names.forEach((number, name) -> {
            int mistakes = mistakes(typed, name);
            int allowed = name.charAt(0) == typed.charAt(0) && typed.length() > 4 ? 2 : 1;
            if (mistakes <= allowed) {
                expected.put(number, mistakes);
            }
        });
        return expected;
    }

    private static int mistakes(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                rows[i][j] = List.of(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost).stream()
                        .min(Integer::compare)
                        .orElseThrow();
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[one.length()][other.length()];
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }
}
