package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrpcVersionsTest {
    @TempDir
    Path folder;

    @Test
    void thePartsOnThisClassPathAreOfOneVersion() {
        assertThat(GrpcVersions.found()).hasSize(7);
        assertThat(GrpcVersions.mismatch(GrpcVersions.found())).isEmpty();
    }

    @Test
    void partsInAFatJarHaveNoVersionAndNoMismatch() {
        assertThat(GrpcVersions.mismatch(Map.of())).isEmpty();
    }

    /** As a framework does that manages grpc-core but not grpc-netty-shaded. */
    @Test
    void anotherVersionOfOnePartIsReportedInASentence() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean core = new File(entry).getName().startsWith("grpc-core-");
            classPath.add((core ? asOfVersion("1.77.0", Path.of(entry)) : Path.of(entry))
                    .toUri()
                    .toURL());
        }
        try (URLClassLoader mixed =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> versions = mixed.loadClass(GrpcVersions.class.getName());
            Method found = versions.getDeclaredMethod("found");
            Method mismatch = versions.getDeclaredMethod("mismatch", Map.class);
            found.setAccessible(true);
            mismatch.setAccessible(true);

            assertThat((Optional<?>) mismatch.invoke(null, found.invoke(null)))
                    .get()
                    .asString()
                    .startsWith("The parts of gRPC are of different versions (grpc-api ")
                    .contains("grpc-core 1.77.0, ")
                    .contains("import io.weathermesh:weather-bom");
        }
    }

    private Path asOfVersion(String version, Path jar) throws IOException {
        Path copy = folder.resolve("grpc-core-" + version + ".jar");
        try (JarFile original = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(original.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : original.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = original.getInputStream(entry)) {
                            content.transferTo(out);
                        }
                    }
                }
            }
        }
        return copy;
    }
}
