package io.weathermesh.mesh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/**
 * Whether and how samples are completed. This class can be loaded without the AWS SDK, and touches it only when the
 * setting says so.
 */
@FunctionalInterface
interface Completion {
    /** {@code on} or {@code off}. */
    String SETTING = "MESH_CLOUD_MAP_API";

    /** Puts a second source behind one that may answer with samples. */
    AddressSource complete(String host, AddressSource dns, DiscoveryMeters meters);

    /**
     * Reads the setting.
     *
     * @throws InvalidSettingException if the API is wanted and the SDK is not there
     */
    static Completion from(Environment environment, ScheduledExecutorService timers) {
        if (!environment.flag(SETTING, false)) {
            return (host, dns, meters) -> dns;
        }
        if (!isSdkPresent()) {
            throw new InvalidSettingException(
                    SETTING,
                    "on",
                    "off as long as software.amazon.awssdk:servicediscovery and :url-connection-client"
                            + " are not on the class path");
        }
        return byApi(environment, timers);
    }

    private static boolean isSdkPresent() {
        try {
            Class.forName("software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient");
            Class.forName("software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Completion byApi(Environment environment, ScheduledExecutorService timers) {
        ServiceDiscoveryClient client = CloudMapApiSource.client(environment);
        // A thread for each name at most, since no source asks twice at a time: a slow answer for one delays no other.
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mesh-cloud-map");
            thread.setDaemon(true);
            return thread;
        });
        return (host, dns, meters) -> new CompletingSource(
                host, dns, new CloudMapApiSource(host, client, executor), meters, System::nanoTime, timers);
    }
}
