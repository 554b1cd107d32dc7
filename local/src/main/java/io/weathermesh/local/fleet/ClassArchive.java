package io.weathermesh.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes of a module as a JVM has read and verified them once, so that the next ones start with less CPU. It holds
 * for one JVM and one build: another JVM, or later jars, go without it and say nothing. All JVMs that read it share its
 * pages.
 *
 * @param file where it is, if it is
 * @param recording whether JVMs write it at their end instead of reading it
 */
record ClassArchive(Path file, boolean recording) {
    /** Set where a build is followed by the run that writes the archives. */
    static final String RECORDING = "weather.record";

    /** That of a module under {@code home}. */
    static ClassArchive of(Path home, String module) {
        return new ClassArchive(
                home.resolve(module).resolve("target").resolve("classes.jsa"), Boolean.getBoolean(RECORDING));
    }

    /** What a JVM is to be told of it. */
    List<String> options() {
        if (recording) {
            return List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
        }
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }
}
