package io.weathermesh.aggregator.places.making;

import io.weathermesh.aggregator.places.Countries;
import io.weathermesh.aggregator.places.Country;
import io.weathermesh.aggregator.places.Folding;
import io.weathermesh.aggregator.places.IndexLayout;
import io.weathermesh.aggregator.places.Language;
import io.weathermesh.aggregator.places.Names;
import io.weathermesh.aggregator.places.Place;
import io.weathermesh.aggregator.places.Prominence;
import io.weathermesh.aggregator.places.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the gazetteer's indexes from the lists on the class path. It takes some seconds, so the build runs it again only
 * after a change of a list, of this package, or of a class that decides what an index contains.
 */
public final class IndexMaker {
    private static final String CITIES = "cities.index";
    private static final String AIRPORTS = "airports.index";

    /** The classes of the gateway that an index depends on. */
    private static final List<Class<?>> USED = List.of(
            Countries.class,
            Country.class,
            Folding.class,
            IndexLayout.class,
            Language.class,
            Names.class,
            Place.class,
            Prominence.class,
            Region.class);

    private IndexMaker() {}

    /**
     * @param args the folder of all classes; the folder for the indexes; a file for their fingerprint; the versions of the
     *     lists
     */
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        Path folder = Path.of(args[1]).resolve(folderOf(Place.class));
        Path stamp = Path.of(args[2]);
        String fingerprint =
                String.join(" ", List.of(args).subList(3, args.length)) + " " + fingerprint(Path.of(args[0]));
        boolean current = Files.exists(folder.resolve(CITIES))
                && Files.exists(folder.resolve(AIRPORTS))
                && Files.exists(stamp)
                && Files.readString(stamp).equals(fingerprint);
        if (!current) {
            Files.createDirectories(folder);
            List<Place> cities = GazetteerMerge.merge(CoreTable.read(), GeoLiteCities.read());
            Files.write(folder.resolve(CITIES), IndexWriter.write(cities));
            Files.write(folder.resolve(AIRPORTS), IndexWriter.write(AirportTable.read(cities)));
            Files.writeString(stamp, fingerprint);
        }
    }

    private static String fingerprint(Path classes) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        addAll(classes.resolve(folderOf(IndexMaker.class)), "", digest);
        for (Class<?> used : USED) {
            addAll(classes.resolve(folderOf(used)), used.getSimpleName(), digest);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds the files of a class and its nested classes, or of a whole package. */
    private static void addAll(Path folder, String name, MessageDigest digest) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String fileName = String.valueOf(file.getFileName());
                if (name.isEmpty() || fileName.startsWith(name + ".") || fileName.startsWith(name + "$")) {
                    digest.update(fileName.getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
    }

    private static String folderOf(Class<?> type) {
        return type.getPackageName().replace('.', '/');
    }
}
