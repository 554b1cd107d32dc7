package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClientBuilder;
import software.amazon.awssdk.services.servicediscovery.model.DiscoverInstancesRequest;
import software.amazon.awssdk.services.servicediscovery.model.HealthStatusFilter;
import software.amazon.awssdk.services.servicediscovery.model.HttpInstanceSummary;

/**
 * The tasks of a service from Cloud Map's {@code DiscoverInstances}: all of them, with their zones. Needs the AWS SDK on
 * the class path and {@code servicediscovery:DiscoverInstances} in the role of the task.
 *
 * <p>A poll blocks a thread of the executor.
 */
final class CloudMapApiSource implements AddressSource {
    /** The URL of the API, for a stand-in; by default that of the SDK. */
    private static final String ENDPOINT_SETTING = "MESH_CLOUD_MAP_ENDPOINT";

    private static final List<String> SCHEMES = List.of("http", "https");

    private static final String IPV4 = "AWS_INSTANCE_IPV4";
    private static final String ZONE = "AVAILABILITY_ZONE";

    /** The most instances that one response holds, which is also the most that a service may have. */
    private static final int MAX_RESULTS = 1_000;

    private final String service;
    private final String namespace;
    private final ServiceDiscoveryClient client;
    private final Executor executor;

    /** @param host the service, a dot, and the namespace */
    CloudMapApiSource(String host, ServiceDiscoveryClient client, Executor executor) {
        int dot = host.indexOf('.');
        this.service = dot < 0 ? host : host.substring(0, dot);
        this.namespace = dot < 0 ? "" : host.substring(dot + 1);
        this.client = client;
        this.executor = executor;
    }

    /**
     * A client with the credentials and region of the process.
     *
     * @param callTimeout the longest that one call may take, with its retries
     */
    static ServiceDiscoveryClient client(Environment environment, Duration callTimeout) {
        ServiceDiscoveryClientBuilder builder = ServiceDiscoveryClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits -> limits.apiCallTimeout(callTimeout));
        String endpoint = environment.text(ENDPOINT_SETTING, "");
        if (!endpoint.isEmpty()) {
            // The SDK puts "data-" before the host, which fails for a stand-in on 127.0.0.1.
            builder.endpointOverride(endpoint(endpoint))
                    .overrideConfiguration(limits -> limits.apiCallTimeout(callTimeout)
                            .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true));
        }
        return builder.build();
    }

    private static URI endpoint(String setting) {
        try {
            URI endpoint = new URI(setting);
            if (endpoint.getHost() != null && SCHEMES.contains(endpoint.getScheme())) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // The message is the same as for a URL without a host.
        }
        throw new InvalidSettingException(ENDPOINT_SETTING, setting, "a URL such as http://127.0.0.1:8081");
    }

    @Override
    public CompletionStage<Lookup> poll() {
        return CompletableFuture.supplyAsync(this::discover, executor);
    }

    private Lookup discover() {
        try {
            List<TaskAddress> tasks = client
                    .discoverInstances(DiscoverInstancesRequest.builder()
                            .namespaceName(namespace)
                            .serviceName(service)
                            .healthStatus(HealthStatusFilter.HEALTHY_OR_ELSE_ALL)
                            .maxResults(MAX_RESULTS)
                            .build())
                    .instances()
                    .stream()
                    .flatMap(CloudMapApiSource::task)
                    .distinct()
                    .toList();
            return tasks.isEmpty()
                    ? new Failed(Reason.API, "Cloud Map returned no instance with an IPv4 address")
                    : new Found(tasks, true, Duration.ZERO);
        } catch (SdkException | IllegalArgumentException e) {
            return new Failed(Reason.API, String.valueOf(e.getMessage()));
        }
    }

    private static Stream<TaskAddress> task(HttpInstanceSummary instance) {
        String ip = instance.attributes().get(IPV4);
        String zone = instance.attributes().getOrDefault(ZONE, "");
        return ip == null
                ? Stream.empty()
                : Stream.of(new TaskAddress(TaskAddress.of(ip).ip(), zone));
    }
}
