package io.weathermesh.aggregator.rest;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;

/** A response from a bare socket, to a request that the JDK's client does not send. */
record BareResponse(URI uri, int statusCode, HttpHeaders headers, String body) implements HttpResponse<String> {
    /** The response to a batch without its body. */
    static BareResponse toUnfinished(TestGateway gateway, String target) throws IOException {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 100\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return read(target, TestGateway.readUntilClosed(socket));
        }
    }

    private static BareResponse read(String target, String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        List<String> head = parts[0].lines().toList();
        Map<String, List<String>> headers = head.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.groupingBy(
                        field -> field[0], Collectors.mapping(field -> field[1], Collectors.toList())));
        return new BareResponse(
                URI.create(target),
                Integer.parseInt(head.get(0).split(" ", 3)[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                parts[1]);
    }

    @Override
    public HttpRequest request() {
        return HttpRequest.newBuilder(uri).build();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
