package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Folding;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** All folded spellings of a name in an index. */
public final class NameVariants {
    /** German on keyboards without umlauts. */
    private static final List<List<String>> UMLAUTS =
            List.of(List.of("ä", "ae"), List.of("ö", "oe"), List.of("ü", "ue"));

    private static final List<List<String>> ABBREVIATIONS = List.of(
            List.of("saint ", "st "),
            List.of("sainte ", "ste "),
            List.of("sankt ", "st "),
            List.of("fort ", "ft "),
            List.of("mount ", "mt "));

    /** "City" in Chinese and Japanese, which people leave out: 横浜市 is 横浜. */
    private static final String CITY = "市";

    private static final int MIN_NAME_BEFORE_CITY = 2;

    private NameVariants() {}

    public static void of(Place place, Consumer<String> each) {
        of(place.names(), each);
        place.otherNames().forEach(name -> of(name, each));
    }

    static void of(Names names, Consumer<String> each) {
        of(names.english(), each);
        names.translated().values().forEach(name -> of(name, each));
    }

    private static void of(String name, Consumer<String> each) {
        abbreviated(Folding.fold(name), each);
        if (name.endsWith(CITY) && name.length() > MIN_NAME_BEFORE_CITY) {
            each.accept(Folding.fold(name.substring(0, name.length() - CITY.length())));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String spelled = lower;
        for (List<String> umlaut : UMLAUTS) {
            spelled = spelled.replace(umlaut.get(0), umlaut.get(1));
        }
        if (!spelled.equals(lower)) {
            abbreviated(Folding.fold(spelled), each);
        }
    }

    private static void abbreviated(String folded, Consumer<String> each) {
        each.accept(folded);
        for (List<String> pair : ABBREVIATIONS) {
            if (folded.startsWith(pair.get(0))) {
                each.accept(pair.get(1) + folded.substring(pair.get(0).length()));
            } else if (folded.startsWith(pair.get(1))) {
                each.accept(pair.get(0) + folded.substring(pair.get(1).length()));
            }
        }
    }
}
