package io.weathermesh.local.fleet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A class-data sharing archive of a module: with it, JVMs start with less CPU. It is valid for one JDK and one build; a JVM
 * of another JDK or with later jars ignores it without a message. All JVMs that read it share its
 * pages.
 *
 * @param file its path; the file may not exist
 * @param recording whether JVMs write it at their exit instead of reading it
 */
record ClassArchive(Path file, boolean recording) {
    /** The system property that turns on recording: set for the run after a build. */
    static final String RECORDING = "weather.record";

    /** The archive of a module under {@code home}. */
    static ClassArchive of(Path home, String module) {
        return new ClassArchive(
                home.resolve(module).resolve("target").resolve("classes.jsa"), Boolean.getBoolean(RECORDING));
    }

    /** The options of a JVM that uses it. */
    List<String> options() {
        if (recording) {
            return List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable");
        }
        return Files.exists(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }
}
