package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loads the mesh a second time, from a class path without the AWS SDK, as most of its users have it. */
@Tag("jdk")
final class WithoutAwsSdkTest {
    @Test
    void discoveryWorksByDnsAlone() throws Exception {
        try (URLClassLoader bare = bareClassPath()) {
            assertThat(discovery(bare, Map.of())).isNotNull();
        }
    }

    @Test
    void theApiSettingIsRefused() throws Exception {
        try (URLClassLoader bare = bareClassPath()) {
            assertThatThrownBy(() -> discovery(bare, Map.of("MESH_CLOUD_MAP_API", "on")))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("MESH_CLOUD_MAP_API is 'on', but must be off while ")
                    .hasMessageContaining("software.amazon.awssdk:servicediscovery");
        }
    }

    private static URLClassLoader bareClassPath() throws MalformedURLException {
        List<URL> bare = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("awssdk")) {
                bare.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(bare.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static Object discovery(ClassLoader loader, Map<String, String> settings) throws Exception {
        Class<?> environment = loader.loadClass("io.weathermesh.mesh.Environment");
        Class<?> meters = loader.loadClass("io.micrometer.core.instrument.MeterRegistry");
        Object registry = loader.loadClass("io.micrometer.core.instrument.simple.SimpleMeterRegistry")
                .getConstructor()
                .newInstance();
        Method from = loader.loadClass("io.weathermesh.mesh.Discovery").getDeclaredMethod("from", environment, meters);
        from.setAccessible(true);
        return from.invoke(null, environment.getConstructor(Map.class).newInstance(settings), registry);
    }
}
