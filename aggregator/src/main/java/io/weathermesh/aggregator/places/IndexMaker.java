package io.weathermesh.aggregator.places;

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
 * Makes the gazetteer's indexes from the lists on the class path. Run by the build, and again only if a list or this package
 * has changed, since it takes some seconds; the gateway never runs it.
 */
public final class IndexMaker {
    private static final String CITIES = "cities.index";
    private static final String AIRPORTS = "airports.index";

    private final Path classes;
    private final Path stamp;

    private IndexMaker(Path classes, Path stamp) {
        this.classes = classes;
        this.stamp = stamp;
    }

    /**
     * @param args the folder of this package's classes, where the indexes go; a file for what they were made of; the versions
     *     of the lists
     */
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        String versions = String.join(" ", List.of(args).subList(2, args.length));
        new IndexMaker(Path.of(args[0]), Path.of(args[1])).makeIfStale(versions);
    }

    private void makeIfStale(String versions) throws IOException, NoSuchAlgorithmException {
        String inputs = versions + " " + fingerprint();
        boolean fresh = Files.exists(classes.resolve(CITIES))
                && Files.exists(classes.resolve(AIRPORTS))
                && Files.exists(stamp)
                && Files.readString(stamp).equals(inputs);
        if (!fresh) {
            Files.write(classes.resolve(CITIES), cities());
            Files.write(classes.resolve(AIRPORTS), IndexWriter.write(AirportTable.read()));
            Files.writeString(stamp, inputs);
        }
    }

    private static byte[] cities() throws IOException {
        return IndexWriter.write(CoreFirst.merge(CoreTable.read(), GeoLiteCities.read()));
    }

    /** Of the classes and lists of this package, all of which have a say in what an index is. */
    private String fingerprint() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".class") || name.endsWith(".psv")) {
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
