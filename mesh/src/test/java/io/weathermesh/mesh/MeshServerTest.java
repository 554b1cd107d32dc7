package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeshServerTest {
    @Test
    void answersCallsAndShowsThemOnTheAdminPort() throws Exception {
        MeshMeters meters = MeshMeters.create();
        MeshServer.Config config = new MeshServer.Config(InetAddress.getByName("127.0.0.1"), 0, 0);
        try (MeshServer server = MeshServer.builder("echo", config, MeshTimings.defaults())
                .service(Echo.saying("here"))
                .meters(meters)
                .build()) {
            server.start();
            MeshChannels channels = MeshChannels.from(new Environment(Map.of()), MeshTimings.defaults(), meters);
            ManagedChannel channel = channels.forTarget("127.0.0.1:" + server.grpcPort(), Echo.DESCRIPTOR);
            try {
                assertThat(Echo.lookup(channel, "hello")).isEqualTo("here");
                assertThat(page(server, "/metrics"))
                        .contains(
                                "mesh_server_calls_seconds_count{code=\"OK\",method=\"test.v1.EchoService/Lookup\"} 1");
                assertThat(page(server, "/channelz")).contains("topChannels").contains("servers");
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static String page(MeshServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
