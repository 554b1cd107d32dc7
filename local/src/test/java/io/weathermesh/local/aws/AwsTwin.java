package io.weathermesh.local.aws;

import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/** The API of a fleet without processes, and the AWS SDK's clients of it. */
final class AwsTwin implements AutoCloseable {
    /** The changes that reached DNS. */
    final List<String> dns = new CopyOnWriteArrayList<>();

    final CloudMapRegistry registry = new CloudMapRegistry(
            new RecordingDns(dns),
            List.of(
                    ServiceDefinition.TEMPERATURE.name(),
                    ServiceDefinition.HUMIDITY.name(),
                    ServiceDefinition.AGGREGATOR.name()));
    final Fleet fleet = FakeTasks.fleet(registry);
    final AwsServer server = AwsServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), fleet, registry, MeshTimings.defaults());
    final EcsClient ecs = EcsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of("local"))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .endpointOverride(uri())
            .build();
    final ServiceDiscoveryClient cloudMap = ServiceDiscoveryClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of("local"))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .endpointOverride(uri())
            .overrideConfiguration(
                    client -> client.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
            .build();

    AwsTwin() throws IOException {}

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    @Override
    public void close() {
        ecs.close();
        cloudMap.close();
        server.close();
        fleet.close();
    }

    private record RecordingDns(List<String> changes) implements Registrar {
        @Override
        public void register(String service, String task, InetSocketAddress address) {
            changes.add("register " + task + " " + address.getAddress().getHostAddress() + ":" + address.getPort());
        }

        @Override
        public void deregister(String service, String task) {
            changes.add("deregister " + task);
        }

        @Override
        public void health(String service, String task, boolean healthy) {
            changes.add((healthy ? "healthy " : "unhealthy ") + task);
        }
    }
}
