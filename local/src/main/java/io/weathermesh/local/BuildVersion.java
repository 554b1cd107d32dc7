package io.weathermesh.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into this jar. */
final class BuildVersion implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream input = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            if (input == null) {
                throw new IOException("this build has no " + RESOURCE);
            }
            Properties properties = new Properties();
            properties.load(input);
            return new String[] {
                "weather-mesh " + properties.getProperty("version"),
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }
}
