package io.weathermesh.local.dns;

import io.weathermesh.mesh.Environment;
import java.net.Inet4Address;
import java.util.regex.Pattern;

/**
 * An instance of a service in Cloud Map.
 *
 * @param service the service's name, the first label of its DNS name
 * @param id unique in the service; a DNS label, since SRV records name it
 */
record Instance(String service, String id, Inet4Address address, int port, boolean healthy) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    Instance {
        label("service", service);
        label("id", id);
        if (port < 1 || port > Environment.MAX_PORT) {
            throw new IllegalArgumentException(
                    "port is " + port + ", but must be between 1 and " + Environment.MAX_PORT);
        }
    }

    Instance withHealth(boolean isHealthy) {
        return new Instance(service, id, address, port, isHealthy);
    }

    private static void label(String what, String text) {
        if (!LABEL.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " is '" + text + "', but must be a lower-case DNS label");
        }
    }
}
