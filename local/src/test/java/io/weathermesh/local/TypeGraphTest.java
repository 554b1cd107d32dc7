package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circles that are planted in a source folder must be found. */
class TypeGraphTest {
    @TempDir
    private Path sources;

    @Test
    void aCircleThroughAConstantAndANestedTypeIsFound() throws IOException {
        write("a/Upper.java", "package a; class Upper { static final int LIMIT = 1; Lower.Part part; }");
        write("a/Lower.java", "package a; class Lower { int limit = Upper.LIMIT; static class Part {} }");
        assertThat(TypeGraph.of(sources).circles()).containsExactly(Set.of("a.Upper", "a.Lower"));
    }

    @Test
    void aCircleThroughAnotherPackageAndAStaticImportIsFound() throws IOException {
        write("a/One.java", "package a; import b.Two; public class One { public static int size; Two two; }");
        write("b/Two.java", "package b; import b.c.Three; public class Two { Three three; }");
        write("b/c/Three.java", "package b.c; import static a.One.size; public class Three { int own = size; }");
        assertThat(TypeGraph.of(sources).circles()).containsExactly(Set.of("a.One", "b.Two", "b.c.Three"));
    }

    @Test
    void aTypeThatUsesItselfAndTypesOfOneNameAreNoCircle() throws IOException {
        write("a/One.java", "package a; class One { One next; /* Two */ String two = \"Two\"; }");
        write("a/Two.java", "package a; class Two { One one; }");
        write("b/One.java", "package b; class One { Two two; static class Two {} }");
        assertThat(TypeGraph.of(sources).circles()).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path path = sources.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
